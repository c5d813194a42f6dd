using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pds.Infrastructure.Persistence.Rows;

namespace Pds.Infrastructure.Persistence.Configurations;

internal sealed class RepoConfiguration : IEntityTypeConfiguration<RepoRow>
{
    public void Configure(EntityTypeBuilder<RepoRow> repo)
    {
        repo.ToTable("repo");
        repo.HasKey(r => r.Id);
        repo.HasIndex(r => r.Did).IsUnique();
    }
}

internal sealed class RepoNodeConfiguration : IEntityTypeConfiguration<RepoNodeRow>
{
    public void Configure(EntityTypeBuilder<RepoNodeRow> node)
    {
        node.ToTable("repo_node");
        node.HasKey(n => new { n.RepoId, n.Cid });
        node.HasIndex(n => new { n.RepoId, n.Rev });
    }
}

internal sealed class RepoRecordConfiguration : IEntityTypeConfiguration<RepoRecordRow>
{
    public void Configure(EntityTypeBuilder<RepoRecordRow> record)
    {
        record.ToTable("repo_record");
        record.HasKey(r => r.Id);
        record.HasIndex(r => new { r.RepoId, r.Path }).IsUnique();
        record.HasIndex(r => new { r.RepoId, r.Cid });
        record.HasIndex(r => new { r.RepoId, r.Rev });
        record.HasIndex(r => new { r.RepoId, r.Subject });
    }
}

internal sealed class BlobConfiguration : IEntityTypeConfiguration<BlobRow>
{
    public void Configure(EntityTypeBuilder<BlobRow> blob)
    {
        blob.ToTable("repo_blob");
        blob.HasKey(b => new { b.Did, b.Cid });
        blob.HasIndex(b => b.TemporarySince);
    }
}

internal sealed class BlobRefConfiguration : IEntityTypeConfiguration<BlobRefRow>
{
    public void Configure(EntityTypeBuilder<BlobRefRow> mention)
    {
        mention.ToTable("repo_blob_ref");
        mention.HasKey(r => new { r.RepoId, r.Path, r.Cid });
        mention.HasIndex(r => new { r.RepoId, r.Cid });
    }
}

internal sealed class RepoRemovalConfiguration : IEntityTypeConfiguration<RepoRemovalRow>
{
    public void Configure(EntityTypeBuilder<RepoRemovalRow> removal)
    {
        removal.ToTable("repo_removal");
        removal.HasKey(r => r.Did);
    }
}

internal sealed class RepoLeftConfiguration : IEntityTypeConfiguration<RepoLeftRow>
{
    public void Configure(EntityTypeBuilder<RepoLeftRow> left)
    {
        left.ToTable("repo_left");
        left.HasKey(l => l.RepoId);
        left.Property(l => l.RepoId).ValueGeneratedNever();
    }
}

internal sealed class EventConfiguration : IEntityTypeConfiguration<EventRow>
{
    public void Configure(EntityTypeBuilder<EventRow> repoEvent)
    {
        repoEvent.ToTable("repo_event");
        repoEvent.HasKey(e => e.Seq);
        repoEvent.Property(e => e.Seq).ValueGeneratedNever();
        repoEvent.HasIndex(e => e.Did);
    }
}
