namespace Pds.Application.Ports;

/// <summary>What came of checking a password.</summary>
public enum PasswordCheck
{
    Wrong,

    Right,

    /// <summary>Right, but hashed with less work than today's hashes: hash it again while it is in clear.</summary>
    RightButWeak,
}
