namespace Pds.Api.Tests.OAuth;

/// <summary>A fact that needs the official SDKs; skipped, with the reason, where they are not installed. With <c>CI=true</c> it fails there instead.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        if (!Directory.Exists(Path.Combine(NodeApp.Modules, "@atproto", "oauth-client-node")) && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = $"The official SDKs are not in {NodeApp.Modules}: scripts/setup-clients.sh installs them";
    }
}
