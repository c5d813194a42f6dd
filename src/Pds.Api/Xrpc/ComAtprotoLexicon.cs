using Pds.Api.Auth;
using Pds.Api.Limits;
using Pds.Application.Lexicon;

namespace Pds.Api.Xrpc;

/// <summary><c>com.atproto.lexicon.*</c></summary>
internal static class ComAtprotoLexicon
{
    public static void Map(XrpcRoutes xrpc) =>
        xrpc.Query<ResolveLexicon, ResolveLexicon.Output>("com.atproto.lexicon.resolveLexicon", Access.Public, Limit.Resolve);
}
