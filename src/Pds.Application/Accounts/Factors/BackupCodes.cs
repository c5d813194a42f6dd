using Pds.Domain.Accounts;

namespace Pds.Application.Accounts.Factors;

/// <summary>New backup codes, shown this once; those from before are void.</summary>
public sealed record BackupCodes(IReadOnlyList<Secret> Codes);
