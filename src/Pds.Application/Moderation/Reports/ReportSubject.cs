using System.Text.Json.Serialization;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Moderation.Reports;

/// <summary>What a report is about. The union is open: one of another type is this, and says nothing; the service that the report goes to may know it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = LexObject.TypeKey, IgnoreUnrecognizedTypeDiscriminators = true)]
[JsonDerivedType(typeof(ReportedAccount), "com.atproto.admin.defs#repoRef")]
[JsonDerivedType(typeof(ReportedRecord), "com.atproto.repo.strongRef")]
public record ReportSubject;

/// <summary><c>com.atproto.admin.defs#repoRef</c>: a whole account.</summary>
public sealed record ReportedAccount(Did Did) : ReportSubject;

/// <summary><c>com.atproto.repo.strongRef</c>: a record, in the version that the reporter saw.</summary>
public sealed record ReportedRecord(AtUri Uri, Cid Cid) : ReportSubject;
