namespace Pds.Domain.Data;

/// <summary>What kind of item comes next in a <see cref="DagCborReader"/>.</summary>
public enum DagCborKind
{
    Integer,
    Bytes,
    Text,
    Array,
    Map,
    Link,
    Boolean,
    Null,
}
