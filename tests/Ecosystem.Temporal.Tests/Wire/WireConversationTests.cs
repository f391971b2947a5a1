namespace Ecosystem.Temporal.Tests.Wire;

/// <summary>Every recorded conversation with a real server goes the same way here.</summary>
public abstract class WireConversationTests(RecordedConversations conversations)
{
    public static TheoryData<string> Names =>
        RecordedConversations.Folder is null
            ? [new TheoryDataRow<string>("all") { Skip = "The recordings (../shared/data/temporal-wire) are not here." }]
            : [.. RecordedConversations.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Conversation_Played_IsTheSame(string name)
    {
        var differences = conversations.DifferencesOf(name);
        Assert.True(differences is null, differences);
    }
}

public sealed class WireConversationInMemoryTests(ConversationsInMemory conversations) : WireConversationTests(conversations), IClassFixture<ConversationsInMemory>;

public sealed class WireConversationOnDiskTests(ConversationsOnDisk conversations) : WireConversationTests(conversations), IClassFixture<ConversationsOnDisk>;
