namespace Pds.Domain.Lexicon;

/// <summary>What a validator that found no fault can say of a record.</summary>
public enum ValidationStatus
{
    /// <summary>The record is as its lexicon wants it.</summary>
    Valid,

    /// <summary>No lexicon here describes the record's type.</summary>
    Unknown,
}
