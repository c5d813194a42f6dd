namespace Pds.Api.Configuration;

/// <summary>Whether this release has what a setting configures. To turn a setting on, change this one word in <see cref="PdsSettings"/>.</summary>
internal enum Support
{
    /// <summary>Read and obeyed.</summary>
    Here,

    /// <summary>Checked, and named in a start-up warning: a later release obeys it.</summary>
    Planned,

    /// <summary>Named in a start-up warning: this server is built in another way, and has nothing that it could configure.</summary>
    Absent,
}
