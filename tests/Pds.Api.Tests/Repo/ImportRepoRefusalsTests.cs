using System.Buffers;
using System.Buffers.Binary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Options;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Car;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Repo;

/// <summary>CARs that are not what they say: each is refused with what is wrong, and leaves the account as it was and nothing else.</summary>
public sealed class ImportRepoRefusalsTests(ImportRepoRefusalsTests.Impatient pds) : IClassFixture<ImportRepoRefusalsTests.Impatient>
{
    private const int Here = 5;

    public sealed class Impatient : PdsFixture
    {
        public const int MaxBlocks = 20_000;

        protected override void Adjust(WebApplicationBuilder builder)
        {
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(1024, TimeSpan.FromSeconds(2)));
            var options = builder.Services.Single(service => service.ServiceType == typeof(ImportOptions)).ImplementationInstance as ImportOptions;
            builder.Services.AddSingleton(options! with { MaxBlocks = MaxBlocks });
        }
    }

    [Fact]
    public Task Something_else() => IsRefusedAsync(_ => "hello hello hello hello"u8.ToArray(), "The CAR ends too soon");

    [Fact]
    public Task A_header_of_another_version() => IsRefusedAsync(repo =>
    {
        var car = repo.Car;
        car[CarHeader.LengthOfOneRoot - 1] = 2;
        return car;
    }, "The CAR is not of version 1");

    [Theory]
    [InlineData(30, "The CAR ends too soon")]
    [InlineData(100, "The CAR ends too soon")]
    [InlineData(-1, "The CAR ends too soon")]
    public Task One_that_is_cut_short(int length, string message) =>
        IsRefusedAsync(repo => length < 0 ? repo.Car[..^1] : repo.Car[..length], message);

    [Fact]
    public Task No_root() => IsRefusedAsync(repo => ForeignRepo.Write([], repo.Blocks), "expected one root");

    [Fact]
    public Task Two_roots() => IsRefusedAsync(repo => ForeignRepo.Write([repo.Commit.Cid, repo.Tree.RootCid], repo.Blocks), "expected one root");

    [Fact]
    public async Task A_root_that_is_not_among_the_blocks()
    {
        var commit = default(Cid);

        await IsRefusedAsync(repo => ForeignRepo.Write([commit = repo.Commit.Cid], repo.Blocks.Skip(1)), () => $"Missing block {commit}");
    }

    [Fact]
    public Task A_root_that_is_not_a_commit() => IsRefusedAsync(
        repo => ForeignRepo.Write([ForeignRepo.Record(1).Cid], repo.Blocks), $"The root {ForeignRepo.Record(1).Cid} is not a commit: A commit has the fields did, rev, sig, data, prev and version");

    [Fact]
    public async Task Somebody_elses_repo()
    {
        var (theirs, his, _) = await pds.MoveInAsync("somebody");

        await IsRefusedAsync(_ => his.Fill(3).Car, $"The repo is that of {theirs.Did}, not of ", isWhole: false);
    }

    [Fact]
    public Task A_commit_that_somebody_else_signed() => IsRefusedAsync(repo =>
    {
        repo.Key = Stranger.NewKey(pds.Services);
        return repo.Car;
    }, "The commit is not signed by the signing key of ", isWhole: false);

    [Fact]
    public Task A_commit_that_was_changed_after_it_was_signed() => IsRefusedAsync(repo =>
    {
        var map = DagCborReader.DecodeObject(repo.Commit.Block.Bytes.Span);
        var forged = Block.Of(DagCborWriter.Encode(map.With("data", new LexLink(new ForeignRepo(Did.Parse("did:web:x.test"), repo.Key).Fill(1).Tree.RootCid))));
        return ForeignRepo.Write([forged.Cid], [forged, .. repo.Blocks]);
    }, "The commit is not signed by the signing key of ", isWhole: false);

    [Fact]
    public async Task A_rev_of_a_time_to_come()
    {
        var rev = new Tid((ulong)(TimeProvider.System.GetUtcNow().AddHours(1) - DateTimeOffset.UnixEpoch).Ticks / 10 << 10);

        await IsRefusedAsync(repo =>
        {
            repo.Rev = rev;
            return repo.Car;
        }, $"The commit's rev {rev} lies in the future");
    }

    [Fact]
    public Task A_block_that_is_not_what_its_CID_names() => IsRefusedAsync(
        repo => ForeignRepo.Write([repo.Commit.Cid], [.. repo.Blocks, new Block(ForeignRepo.Record(-1).Cid, ForeignRepo.Record(-2).Bytes)]),
        $"The block {ForeignRepo.Record(-1).Cid} does not have that hash");

    [Fact]
    public async Task A_tree_that_goes_round_in_circles() // which only false names can make
    {
        var name = Cid.Of(CidCodec.DagCbor, "any"u8);

        await IsRefusedAsync(repo =>
        {
            var node = new Block(name, DagCborWriter.Encode(new LexObject(new Dictionary<string, LexValue> { ["e"] = new LexArray([]), ["l"] = new LexLink(name) })));
            var commit = new UnsignedCommit(DidOf(repo), name, repo.Rev).Sign(repo.Key);
            return ForeignRepo.Write([commit.Cid], [commit.Block, node]);
        }, $"The block {name} does not have that hash");
    }

    [Fact]
    public async Task A_node_that_is_missing()
    {
        var missing = default(Cid);

        await IsRefusedAsync(repo =>
        {
            missing = repo.Tree.RootCid;
            return ForeignRepo.Write([repo.Commit.Cid], repo.Blocks.Where(block => block.Cid != missing));
        }, () => $"Missing block {missing}");
    }

    [Fact]
    public Task A_record_that_is_missing() => IsRefusedAsync(
        repo => ForeignRepo.Write([repo.Commit.Cid], repo.Blocks.Where(block => block.Cid != ForeignRepo.Record(1007).Cid)), $"Missing block {ForeignRepo.Record(1007).Cid}");

    [Theory]
    [InlineData("83010203", "Expected a map")] // a list
    [InlineData("a16161fb3ff8000000000000", "Floats and simple values other than true, false and null are not allowed")]
    [InlineData("a2616201616101", "Map keys are not in canonical order")]
    [InlineData("a2616101616101", "Duplicate map key")]
    [InlineData("a161611801", "A number is not in its shortest form")]
    [InlineData("bf616101ff", "Indefinite lengths are not allowed")]
    [InlineData("a1616101f6", "Unexpected bytes after the value")]
    [InlineData("a16161c1f6", "The only tag allowed is 42, a link")]
    [InlineData("a1616161ff", "Text is not valid UTF-8")]
    public Task A_record_that_is_not_a_map_in_canonical_DAG_CBOR(string hex, string message) => IsRefusedAsync(
        repo => repo.Put("com.example.odd/one", Block.Of(Convert.FromHexString(hex))).Car, $"The record com.example.odd/one is not one: {message}");

    [Fact]
    public Task A_record_that_is_named_as_raw_bytes() => IsRefusedAsync(
        repo => repo.Put("com.example.odd/one", new Block(Cid.Of(CidCodec.Raw, ForeignRepo.Record(1).Bytes.Span), ForeignRepo.Record(1).Bytes)).Car,
        "The record com.example.odd/one is not one: Not a DAG-CBOR block");

    [Fact]
    public Task A_key_that_is_not_a_path() => IsRefusedAsync(repo => repo.Put("nonsense/one", ForeignRepo.Record(1)).Car, "The tree key nonsense/one is not the path of a record");

    [Fact]
    public async Task A_node_that_is_not_canonical()
    {
        var cid = default(Cid);

        await IsRefusedAsync(repo =>
        {
            var node = Block.Of(DagCborWriter.Encode(new LexObject(new Dictionary<string, LexValue> { ["l"] = LexNull.Value, ["e"] = LexNull.Value })));
            cid = node.Cid;
            var commit = new UnsignedCommit(DidOf(repo), node.Cid, repo.Rev).Sign(repo.Key);
            return ForeignRepo.Write([commit.Cid], [commit.Block, node]);
        }, () => $"The tree node {cid} is not one: Expected a list");
    }

    [Theory]
    [InlineData("8000", "A length in the CAR is not in its shortest form")]
    [InlineData("ffffffffffffffffff01", "A length in the CAR is too long")]
    [InlineData("00", "The CAR has an empty section")]
    [InlineData("ffffffffffff7f", "A block of the CAR has more than 2097188 bytes")] // four terabytes
    [InlineData("0401020304", "A block of the CAR is not named by a CID of version 1 with SHA-256 and DAG-CBOR or raw")]
    public Task A_section_that_makes_no_sense(string hex, string message) => IsRefusedAsync(repo => [.. repo.Car, .. Convert.FromHexString(hex)], message);

    [Fact]
    public async Task One_record_at_so_many_paths_that_it_would_fill_the_disk()
    {
        await IsRefusedAsync(repo =>
        {
            var large = Block.Of(DagCborWriter.Encode(new LexObject(new Dictionary<string, LexValue> { ["bytes"] = new LexBytes(new byte[2_000_000]) })));
            for (var number = 0; number < 600; number++) repo.Put($"com.example.same/n{number}", large);
            return repo.Car;
        }, "The repo's records have more than 1073741824 bytes");
    }

    [Fact]
    public async Task So_many_tiny_blocks_that_they_would_fill_the_memory()
    {
        var (mover, _) = await MoveInAsync();
        using var blocks = new TinyBlocks(10 * Impatient.MaxBlocks);

        var answer = await mover.ImportAsync(blocks);

        Assert.Equal($"The CAR has more than {Impatient.MaxBlocks} blocks", answer.Refused(400, "InvalidRequest").Message);
        await IsAsItWasAsync(mover);
    }

    [Fact]
    public Task So_many_paths_of_one_record_that_they_would_fill_the_disk() => IsRefusedAsync(repo =>
    {
        for (var number = 0; number <= Impatient.MaxBlocks; number++) repo.Put(ForeignRepo.PathOf(number), ForeignRepo.Record(1));
        return repo.Car;
    }, $"The repo has more than {Impatient.MaxBlocks} records");

    [Fact]
    public async Task A_body_that_trickles_in()
    {
        var (mover, repo) = await MoveInAsync();
        using var connection = await OpenAsync(mover, repo.Car);

        (await connection.ReadAnswerAsync()).Refused(408, "InvalidRequest");
        await IsAsItWasAsync(mover);
    }

    [Fact]
    public async Task A_body_whose_sender_goes_away()
    {
        var (mover, repo) = await MoveInAsync();

        using (await OpenAsync(mover, repo.Car)) await Eventually.IsTrueAsync(() => OpenSpools() > 0);

        await Eventually.IsTrueAsync(() => OpenSpools() == 0);
        await IsAsItWasAsync(mover);
    }

    /// <summary>Begins to send, and goes no further.</summary>
    private async Task<RawConnection> OpenAsync(Actor mover, byte[] car)
    {
        var connection = await RawConnection.OpenAsync(pds.Url);
        await connection.SendAsync(
            $"POST /xrpc/com.atproto.repo.importRepo HTTP/1.1\r\nHost: localhost\r\nAuthorization: {mover.Authorization}\r\nContent-Type: application/vnd.ipld.car\r\nContent-Length: {car.Length}\r\n\r\n");
        await connection.SendAsync(car[..200]);
        return connection;
    }

    /// <summary>Files of the server's that are open and have no name any more.</summary>
    private int OpenSpools() => Directory.Exists("/proc/self/fd")
        ? Directory.GetFiles("/proc/self/fd").Count(file => new FileInfo(file).LinkTarget is { } target && target.StartsWith($"{pds.Data.FullName}/imports/", StringComparison.Ordinal))
        : 0;

    private async Task IsRefusedAsync(Func<ForeignRepo, byte[]> spoil, string message, bool isWhole = true) => await IsRefusedAsync(spoil, () => message, isWhole);

    private async Task IsRefusedAsync(Func<ForeignRepo, byte[]> spoil, Func<string> message, bool isWhole = true)
    {
        var (mover, repo) = await MoveInAsync();

        var answer = await mover.ImportAsync(spoil(repo.Fill(50, from: 1000)));

        var said = answer.Refused(400, "InvalidRequest").Message!;
        if (isWhole) Assert.Equal(message(), said);
        else Assert.StartsWith(message(), said, StringComparison.Ordinal);
        await IsAsItWasAsync(mover);
    }

    /// <summary>Somebody who has imported something already.</summary>
    private async Task<(Actor Mover, ForeignRepo Repo)> MoveInAsync()
    {
        var (mover, repo, _) = await pds.MoveInAsync();
        (await mover.ImportAsync(repo.Fill(Here).Car)).Ok();
        return (mover, repo);
    }

    private async Task IsAsItWasAsync(Actor mover)
    {
        Assert.Equal(Here, (await mover.FiguresAsync()).Records);
        Assert.Equal(0, DatabaseWalk.Count(pds.Data, "repo_left", "repo_id >= @0", 0));
        Assert.Empty(Directory.GetFiles(Path.Combine(pds.Data.FullName, "imports")));
    }

    private static Did DidOf(ForeignRepo repo) => repo.Commit.Did;

    /// <summary>A CAR of nothing but small blocks, each different, made while it is read.</summary>
    private sealed class TinyBlocks(int count) : Stream
    {
        private readonly ArrayBufferWriter<byte> _next = new(1024 * 1024);
        private int _made;
        private int _taken;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (_taken == _next.WrittenCount) Make();
            var read = Math.Min(buffer.Length, _next.WrittenCount - _taken);
            _next.WrittenSpan.Slice(_taken, read).CopyTo(buffer);
            _taken += read;
            return read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private void Make()
        {
            _next.ResetWrittenCount();
            _taken = 0;
            if (_made == 0) _next.Write(ForeignRepo.Write([ForeignRepo.Record(0).Cid], []));
            var bytes = new byte[sizeof(int)];
            for (var i = 0; i < 10_000 && _made < count; i++, _made++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(bytes, _made);
                CarWriter.WriteBlock(_next, Cid.Of(CidCodec.Raw, bytes), bytes);
            }
        }
    }
}
