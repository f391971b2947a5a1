namespace Ecosystem.Temporal.Tests.Wire;

/// <summary>Every recorded conversation with a real server goes the same way here; ADR 5 names those that are excepted, and why.</summary>
public abstract class WireConversationTests(RecordedConversations conversations)
{
    /// <summary>Those that still differ, a name a line.</summary>
    private static readonly HashSet<string> Differing = [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Wire", "differing.txt"))];

    public static TheoryData<string> Names =>
        RecordedConversations.Folder is null
            ? [new TheoryDataRow<string>("all") { Skip = "The recordings (../shared/data/temporal-wire) are not here." }]
            : [.. RecordedConversations.Names.Where(name => !Differing.Contains(name))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Conversation_Played_IsTheSame(string name) => Assert.Null(conversations.DifferencesOf(name));
}

public sealed class WireConversationInMemoryTests(ConversationsInMemory conversations) : WireConversationTests(conversations), IClassFixture<ConversationsInMemory>;

public sealed class WireConversationOnDiskTests(ConversationsOnDisk conversations) : WireConversationTests(conversations), IClassFixture<ConversationsOnDisk>;
