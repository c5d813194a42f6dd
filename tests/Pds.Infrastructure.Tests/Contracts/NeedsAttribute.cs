namespace Pds.Infrastructure.Tests.Contracts;

/// <summary>Something outside the project that an adapter cannot be tested without.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class NeedsAttribute : Attribute
{
    /// <summary>What is missing and how to get it; null where nothing is.</summary>
    public abstract string? Missing { get; }
}
