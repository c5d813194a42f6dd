namespace Pds.Domain.Tests.Plc;

/// <summary>A chain of operations made by the method's reference library, with keys of small numbers.</summary>
internal static class PlcGoldens
{
    public const string GenesisDid =
        """did:plc:v23kfjgqud5ueoeu52f6nniv""";

    public const string Genesis =
        """{"type":"plc_operation","verificationMethods":{"atproto":"did:key:zDnaea1YYsBzZWoeVithwzqjHjCSSJXg7QBULsYdoNtQoFu8E"},"rotationKeys":["did:key:zQ3shnfmtcakNo1kYVcNsV3JK3xTPknSLF5oniX8csZcNVBHt","did:key:zQ3shvxqasRL95qDDLf6x79jxCKQFkSSaSy9y56TQEpY3Yd5R"],"alsoKnownAs":["at://alice.test"],"services":{"atproto_pds":{"type":"AtprotoPersonalDataServer","endpoint":"https://pds.example.com"}},"prev":null,"sig":"IBpXggJhegeiRZWWjEW2fZjSl5TP-wQqdRPRCz-hEYMb0vhCDKXHbCrE4eBFYEH7ADIEKj0EI4F8YjMYibmEZg"}""";

    public const string GenesisCid =
        """bafyreifow2rkjufa7nbdrfhorptlkfnivmxrvzltxr2k5gpfshp3elvrvq""";

    public const string GenesisHex =
        """a76373696778564942705867674a6865676569525a57576a455732665a6a536c3554502d77517164525052437a2d6845594d6230766843444b5848624372453465424659454837414449454b6a304549344638596a4d5969626d455a676470726576f664747970656d706c635f6f7065726174696f6e687365727669636573a16b617470726f746f5f706473a264747970657819417470726f746f506572736f6e616c4461746153657276657268656e64706f696e747768747470733a2f2f7064732e6578616d706c652e636f6d6b616c736f4b6e6f776e4173816f61743a2f2f616c6963652e746573746c726f746174696f6e4b6579738278396469643a6b65793a7a513373686e666d7463616b4e6f316b5956634e7356334a4b337854506b6e534c46356f6e69583863735a634e5642487478396469643a6b65793a7a513373687678716173524c39357144444c66367837396a78434b51466b5353615379397935365451457059335964355273766572696669636174696f6e4d6574686f6473a167617470726f746f78396469643a6b65793a7a446e61656131595973427a5a576f6556697468777a716a486a4353534a5867375142554c7359646f4e74516f46753845""";

    public const string Update =
        """{"type":"plc_operation","verificationMethods":{"atproto":"did:key:zDnaea1YYsBzZWoeVithwzqjHjCSSJXg7QBULsYdoNtQoFu8E"},"rotationKeys":["did:key:zQ3shnfmtcakNo1kYVcNsV3JK3xTPknSLF5oniX8csZcNVBHt","did:key:zQ3shvxqasRL95qDDLf6x79jxCKQFkSSaSy9y56TQEpY3Yd5R"],"alsoKnownAs":["at://alice2.test"],"services":{"atproto_pds":{"type":"AtprotoPersonalDataServer","endpoint":"https://pds.example.com"}},"prev":"bafyreifow2rkjufa7nbdrfhorptlkfnivmxrvzltxr2k5gpfshp3elvrvq","sig":"2SHTyKkzyIbwokDGgmPfDPEU8m_BAeZM9mDCuU05cpdiEbzzY8qkyb5XOBj8iUbEdakyQDEuF_iB-RgwPPLr3Q"}""";

    public const string UpdateCid =
        """bafyreido7uz6hbfmvzocz6bj475actjyzlrw7c4kzqitbjsysnpg32livm""";

    public const string Recovery =
        """{"type":"plc_operation","verificationMethods":{"atproto":"did:key:zDnaea1YYsBzZWoeVithwzqjHjCSSJXg7QBULsYdoNtQoFu8E"},"rotationKeys":["did:key:zQ3shnfmtcakNo1kYVcNsV3JK3xTPknSLF5oniX8csZcNVBHt","did:key:zQ3shvxqasRL95qDDLf6x79jxCKQFkSSaSy9y56TQEpY3Yd5R"],"alsoKnownAs":["at://alice.test"],"services":{"atproto_pds":{"type":"AtprotoPersonalDataServer","endpoint":"https://other.example.com"}},"prev":"bafyreifow2rkjufa7nbdrfhorptlkfnivmxrvzltxr2k5gpfshp3elvrvq","sig":"oWEUP2Jc--GHXJ4pgUSxgls0Kye5-iXaSafYooDvHm1zjkYq-CdXSW36fadgyrqcNCpx6OYeXzBicQLpqz1ixQ"}""";

    public const string RecoveryCid =
        """bafyreidqtj5e5sxjim7nrwdwnrnedx75kolpuk43rrzpy7xgmbe3vuahri""";

    public const string Tombstone =
        """{"type":"plc_tombstone","prev":"bafyreido7uz6hbfmvzocz6bj475actjyzlrw7c4kzqitbjsysnpg32livm","sig":"eE4rUuFWfxVbNz-AeXs5WbKKlZCRa2t26Hy92WJ0WxlNQLuHRrw8pRpRZlqZm7oPWGijK2zhdUcf-X2tqlF3wg"}""";

    public const string TombstoneCid =
        """bafyreidghmh5535iarnz32eaoli2ogxezgsgu2i6i6y3cwhsveeshxztha""";

    public const string LegacyDid =
        """did:plc:37pflnhf2okf4qfbcpsjrfyr""";

    public const string Legacy =
        """{"type":"create","signingKey":"did:key:zDnaea1YYsBzZWoeVithwzqjHjCSSJXg7QBULsYdoNtQoFu8E","recoveryKey":"did:key:zQ3shnfmtcakNo1kYVcNsV3JK3xTPknSLF5oniX8csZcNVBHt","handle":"bob.test","service":"https://pds.example.com","prev":null,"sig":"COXXlSoiJsHXMJjtKlGTHpqYvPUHlgrtQl3zN5jVMh4SA1jPvQCg3oxQHRu2cTxJcWhKb1icRAt049gqjU4mIw"}""";

    public const string LegacyCid =
        """bafyreig73zk3jzotsrpebiit4smjoejgeaj3qotxybk7qy4dv22i737kwe""";

    public const string LegacyUpdate =
        """{"type":"plc_operation","verificationMethods":{"atproto":"did:key:zDnaea1YYsBzZWoeVithwzqjHjCSSJXg7QBULsYdoNtQoFu8E"},"rotationKeys":["did:key:zQ3shnfmtcakNo1kYVcNsV3JK3xTPknSLF5oniX8csZcNVBHt","did:key:zDnaea1YYsBzZWoeVithwzqjHjCSSJXg7QBULsYdoNtQoFu8E"],"alsoKnownAs":["at://bob2.test"],"services":{"atproto_pds":{"type":"AtprotoPersonalDataServer","endpoint":"https://pds.example.com"}},"prev":"bafyreig73zk3jzotsrpebiit4smjoejgeaj3qotxybk7qy4dv22i737kwe","sig":"gFE4mudItaXoN3Xf5Ix_9jX0VLniTRUl7XZynfE4HBIdpz0SGfVzD6IN_tlZEo4_AzehuOfLXjh8FeWSpyDOQw"}""";
}
