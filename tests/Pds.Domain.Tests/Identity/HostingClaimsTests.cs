using Pds.Domain.Crypto;
using Pds.Domain.Identity;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;

namespace Pds.Domain.Tests.Identity;

public sealed class HostingClaimsTests
{
    private static readonly Did Alice = Did.Parse("did:web:alice.example.com");
    private static readonly DidKey Key = DidKey.Parse("did:key:zQ3shZc2QzApp2oymGvQbzP8eKheVshBHbU4ZYjeXqwSKEn6N");
    private static readonly DidKey Other = DidKey.Parse("did:key:zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv");
    private static readonly PlcState State = PlcState.Of([Key], Key, Handle.Parse("alice.example.com"), new Uri("https://pds.example.com"));

    [Fact]
    public void What_is_hosted_has_no_fault_in_either_form()
    {
        Assert.Null(FaultOf(State));
        Assert.Null(HostingClaims.Of(new PlcData(Alice, State).ToDocument()).FindFault(Key, HostingClaims.Of(State)));
    }

    [Fact]
    public void Names_the_first_fault()
    {
        Assert.Equal(HostingFault.RotationKey, FaultOf(State with { RotationKeys = [Other], Services = new Dictionary<string, PlcService>() }));
        Assert.Equal(HostingFault.PdsType, FaultOf(State with { Services = new Dictionary<string, PlcService>() }));
        Assert.Equal(HostingFault.PdsType, FaultOf(State with { Services = new Dictionary<string, PlcService> { ["atproto_pds"] = new("Other", "https://pds.example.com") } }));
        Assert.Equal(HostingFault.PdsEndpoint, FaultOf(State.WithPds(new Uri("https://elsewhere.example.com"))));
        Assert.Equal(HostingFault.SigningKey, FaultOf(State.WithSigningKey(Other)));
    }

    [Fact]
    public void An_endpoint_is_compared_as_it_is_written() =>
        Assert.Equal(HostingFault.PdsEndpoint, FaultOf(State with { Services = new Dictionary<string, PlcService> { ["atproto_pds"] = new(PlcService.PdsType, "https://pds.example.com/") } }));

    [Fact]
    public void A_document_without_the_parts_has_the_faults_of_a_state_without_them()
    {
        var empty = HostingClaims.Of(DidDocument.Build(Alice, [], [], []));

        Assert.Equal(new HostingClaims(null, null, null, null), empty);
        Assert.Equal(HostingFault.PdsType, empty.FindFault(Key, HostingClaims.Of(State)));
    }

    private static HostingFault? FaultOf(PlcState state) => HostingClaims.Of(state).FindFault(Key, HostingClaims.Of(State));
}
