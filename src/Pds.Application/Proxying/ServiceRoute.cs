using Pds.Domain.Syntax;

namespace Pds.Application.Proxying;

/// <summary>Which service a call goes to.</summary>
/// <param name="Service">Its DID, and which of the services in that document.</param>
/// <param name="Url">Where the operator says that it is; null where its document says it.</param>
public sealed record ServiceRoute(DidReference Service, Uri? Url);
