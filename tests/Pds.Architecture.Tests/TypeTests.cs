using System.Reflection;
using System.Text.RegularExpressions;
using MediatR;
using Pds.Application.Ports;
using Pds.Domain.Identity;
using Pds.Domain.Plc;

namespace Pds.Architecture.Tests;

public sealed partial class TypeTests
{
    private const int MostMembersOfAPort = 12;
    private const int MostCollaboratorsOfAHandler = 5;

    /// <summary>Types whose banned word is the protocol's own: what DID documents list is called a service.</summary>
    private static readonly Type[] ProtocolsWords = [typeof(DidService), typeof(PlcService)];

    [Fact]
    public void Handlers_are_internal_and_sealed()
    {
        var handlers = Layers.Types.Where(type => Implements(type, typeof(IRequestHandler<,>))).ToList();

        Assert.NotEmpty(handlers);
        Assert.DoesNotContain(handlers, IsOpen);
    }

    [Fact]
    public void Handlers_have_few_collaborators() => Assert.Empty(Layers.Types
        .Where(type => Implements(type, typeof(IRequestHandler<,>)) && CountCollaborators(type) > MostCollaboratorsOfAHandler)
        .Select(type => $"{type.DeclaringType?.Name} has {CountCollaborators(type)}: two use cases, or a collaborator that wants to be"));

    [Fact]
    public void A_handler_with_many_collaborators_is_noticed() => Assert.True(CountCollaborators(typeof(CrowdedSample)) > MostCollaboratorsOfAHandler);

    [Fact]
    public void Adapters_are_internal_and_sealed()
    {
        var adapters = Layers.Types.Where(type => type.Assembly != Layers.Application && type.IsClass && type.GetInterfaces().Any(IsPort)).ToList();

        Assert.NotEmpty(adapters);
        Assert.DoesNotContain(adapters, IsOpen);
    }

    [Fact]
    public void A_public_or_unsealed_type_is_noticed()
    {
        Assert.True(IsOpen(typeof(OpenSample)));
        Assert.True(IsOpen(typeof(UnsealedSample)));
        Assert.False(IsOpen(typeof(ClosedSample)));
    }

    [Fact]
    public void No_type_has_a_name_that_says_nothing() => Assert.DoesNotContain(Layers.Types.Except(ProtocolsWords), type => SaysNothing(type.Name));

    [Theory]
    [InlineData("RepoManager", true)]
    [InlineData("AccountService", true)]
    [InlineData("StringHelper", true)]
    [InlineData("StringHelpers", true)]
    [InlineData("CryptoUtil", true)]
    [InlineData("CryptoUtils", true)]
    [InlineData("RepoUtilities", true)]
    [InlineData("Common", true)]
    [InlineData("BaseStore", true)]
    [InlineData("IService", true)]
    [InlineData("AccountManager`1", true)]
    [InlineData("Base32", false)]
    [InlineData("Base58", false)]
    [InlineData("ServiceOptions", false)]
    public void A_name_that_says_nothing_is_noticed(string name, bool isNoticed) => Assert.Equal(isNoticed, SaysNothing(name));

    [Fact]
    public void Ports_are_small()
    {
        var ports = Layers.Types.Where(IsPort).ToList();

        Assert.NotEmpty(ports);
        Assert.DoesNotContain(ports, port => CountMembers(port) > MostMembersOfAPort);
    }

    [Fact]
    public void A_large_port_is_noticed() => Assert.True(CountMembers(typeof(IConvertible)) > MostMembersOfAPort);

    private static bool IsPort(Type type) => type.IsInterface && type.Namespace == typeof(IAccountStore).Namespace;

    private static bool Implements(Type type, Type definition) =>
        type.IsClass && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == definition);

    private static bool IsOpen(Type type) => !type.IsSealed || type.IsPublic || type.IsNestedPublic;

    private static int CountCollaborators(Type handler) => handler.GetConstructors().Max(constructor => constructor.GetParameters().Length);

    private static bool SaysNothing(string name) => Nothing.IsMatch(name);

    private static int CountMembers(Type port) =>
        port.GetMembers(BindingFlags.Public | BindingFlags.Instance).Count(member => member is not MethodInfo { IsSpecialName: true });

    [GeneratedRegex(@"(Manager|Service|Helpers?|Utils?|Utilit(y|ies)|Common)(`[0-9]+)?\z|^I?Base[A-Z]")]
    private static partial Regex Nothing { get; }

    public sealed class OpenSample;

    internal abstract class UnsealedSample;

    internal sealed class ClosedSample;

    internal sealed record CrowdedSample(int One, int Two, int Three, int Four, int Five, int Six);
}
