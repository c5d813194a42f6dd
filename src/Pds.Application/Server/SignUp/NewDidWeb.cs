using Pds.Application.Accounts;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;

namespace Pds.Application.Server.SignUp;

/// <summary>Makes up a did:web of one of this server's own names. There is nothing to publish: its document follows from the account.</summary>
internal sealed class NewDidWeb(IKeyFactory keys, HostedIdentity hosted)
{
    public SignUpIdentity Create(Did did, Handle handle)
    {
        var signingKey = keys.Generate(Curve.K256);
        var state = hosted.Describe(keys.Import(signingKey).PublicKey, handle);
        return new SignUpIdentity(did, signingKey, new PlcData(did, state).ToDocument(), IdentityOrigin.MadeHere);
    }
}
