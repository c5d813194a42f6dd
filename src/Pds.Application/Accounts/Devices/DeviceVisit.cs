using Pds.Domain.OAuth;

namespace Pds.Application.Accounts.Devices;

/// <summary>A browser that asks for a page.</summary>
/// <param name="Known">Which device it has proved to be; null for one that is new.</param>
/// <param name="UserAgent">What it calls itself; null where it does not.</param>
/// <param name="Address">Where it is, as text.</param>
public sealed record DeviceVisit(DeviceId? Known, string? UserAgent, string Address);
