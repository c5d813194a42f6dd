using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Car;

namespace Pds.Application.Ports;

/// <summary>Holds the blocks of a CAR that are nobody's yet: too many for memory, and not to be believed enough for a store.</summary>
public interface IBlockSpool
{
    /// <summary>Takes a CAR in as it arrives, and checks every block against its CID.</summary>
    /// <param name="car">Read to its end.</param>
    /// <param name="limit">The most bytes that it may have.</param>
    /// <param name="ct">Ends it and leaves nothing.</param>
    /// <exception cref="DataModelException">It is not a CAR, is cut short, or has a block that is not what its CID names.</exception>
    /// <exception cref="Errors.XrpcException">More than <paramref name="limit"/> bytes arrived, or the disk has no room.</exception>
    Task<ISpooledCar> ReceiveAsync(Stream car, long limit, CancellationToken ct);
}

/// <summary>A CAR that has arrived whole. Blocks are found in whatever order they came; nothing is left when it is disposed.</summary>
public interface ISpooledCar : IBlockSource, IDisposable
{
    CarHeader Header { get; }
}
