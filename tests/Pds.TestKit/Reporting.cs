namespace Pds.TestKit;

/// <summary>Reports that users make.</summary>
public static class Reporting
{
    public const string Method = "com.atproto.moderation.createReport";
    public const string Spam = "com.atproto.moderation.defs#reasonSpam";
    public const string Appeal = "com.atproto.moderation.defs#reasonAppeal";

    /// <summary>A report about what <see cref="Moderation"/> names.</summary>
    public static Task<XrpcAnswer> ReportAsync(this XrpcClient reporter, object subject, string reasonType = Spam, string? reason = null)
    {
        var body = new Dictionary<string, object> { ["reasonType"] = reasonType, ["subject"] = subject };
        if (reason is not null) body["reason"] = reason;
        return reporter.PostAsync(Method, body);
    }
}
