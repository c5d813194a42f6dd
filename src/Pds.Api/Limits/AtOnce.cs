namespace Pds.Api.Limits;

/// <summary>How many requests of a method may be under way, and how many may wait for those.</summary>
/// <param name="Name">Methods with the same one share their turns.</param>
/// <param name="ForAddress">Of one client address.</param>
/// <param name="WaitingForAddress">Of one client address; who comes then is told to come back.</param>
/// <param name="InAll">Of all clients.</param>
/// <param name="WaitingInAll">Of all clients.</param>
internal sealed record AtOnce(string Name, int ForAddress, int WaitingForAddress, int InAll, int WaitingInAll);
