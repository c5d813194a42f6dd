using Pds.Domain.Crypto;
using Pds.Domain.Identity;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;

namespace Pds.Application.Server.SignUp;

/// <summary>Who a new account is, and the key that only this server has.</summary>
/// <param name="Document">As it is published now; null where it does not resolve at this moment.</param>
/// <param name="Origin">How the account came by its identity.</param>
/// <param name="Genesis">The operation that published it a moment ago; null where nothing was published.</param>
internal sealed record SignUpIdentity(Did Did, PrivateKey SigningKey, DidDocument? Document, IdentityOrigin Origin, PlcOperation? Genesis = null);

/// <summary>How an account came by its identity.</summary>
internal enum IdentityOrigin
{
    /// <summary>This server made it up: nobody else knows of it.</summary>
    MadeHere,

    /// <summary>Its owner brought it along: until the owner has changed it, it names another server.</summary>
    BroughtAlong,
}
