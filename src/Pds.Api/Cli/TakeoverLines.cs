using Pds.Application.Takeover;

namespace Pds.Api.Cli;

/// <summary>What a takeover says to the person who began it.</summary>
internal static class TakeoverLines
{
    private const double Megabyte = 1e6;

    public static IEnumerable<string> Of(TakeoverReport report)
    {
        yield return report.IsDryRun ? "Nothing was written. A takeover would bring:" : "Brought here:";
        yield return $"  accounts         {report.Accounts}{(report.AccountsHereAlready > 0 ? $", and {report.AccountsHereAlready} were here already" : "")}";
        yield return $"  records          {report.Records}";
        yield return $"  blobs            {report.Blobs} ({report.BlobBytes / Megabyte:0.0} MB)";
        yield return $"  app passwords    {report.AppPasswords}";
        yield return $"  open sessions    {report.Sessions}";
        yield return $"  preferences      {report.Preferences}";
        yield return $"  invite codes     {report.Invites}";
        if (report.ReservedKeys > 0) yield return $"  reserved keys    {report.ReservedKeys}";
        if (!report.IsDryRun) yield return $"  firehose events  {report.Events}";
        yield return $"The old firehose ended at {report.OldSeq}; numbers go on above it.";
        if (report.OAuthSessionsLeftOut > 0) yield return $"Left out: {report.OAuthSessionsLeftOut} sessions of apps that signed in by OAuth. Their users sign in again.";
        if (report.OldServerRuns) yield return "The old server is running: what it writes from now on is not in these figures. Stop it before the takeover.";

        foreach (var remark in report.Remarks) yield return $"{remark.Subject}: {remark.Text}";
        if (report.Problems.Count > 0) yield return $"NOT brought, {report.Problems.Count} in all:";
        foreach (var problem in report.Problems) yield return $"{problem.Subject}: {problem.Text}";
    }
}
