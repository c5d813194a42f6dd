using Pds.Domain.Data;

namespace Pds.Domain.Repo.Car;

/// <summary>A whole CAR in memory.</summary>
public sealed record CarFile(CarHeader Header, IReadOnlyList<Block> Blocks);
