using Ecosystem.Rules.Rulesets;

namespace Ecosystem.Rules.Tests.Rulesets;

public sealed class LifecycleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
    private static readonly string Text = RepositoryFiles.Read("engagement-policy");

    [Fact]
    public void Version_WholeLife_KeepsWhoWhenAndWhy()
    {
        RulesetVersion draft = Draft();
        RulesetVersion reviewed = RulesetLifecycle.Review(draft, "bob", Now, "fine").Version!;
        RulesetVersion published = RulesetLifecycle.Publish(reviewed, "carol", Now, "go").Version!;
        RulesetVersion retired = RulesetLifecycle.Retire(published, "carol", Now, "replaced").Version!;

        Assert.Equal(["draft", "reviewed", "published", "retired"], retired.Events.Select(e => e.What));
        Assert.Equal("engagement-policy", Assert.Single(RulesetLifecycle.Published([draft with { Version = "9" }, published]).Names));
        Assert.Empty(RulesetLifecycle.Published([retired]).Names);
    }

    [Fact]
    public void Publish_ByAnyAuthor_IsRefused()
    {
        RulesetVersion edited = RulesetLifecycle.Edit(Draft(), Text, "bob", Now, "typo").Version!;
        RulesetVersion reviewed = RulesetLifecycle.Review(edited, "dora", Now, "fine").Version!;

        Assert.Equal("same-person", RulesetLifecycle.Publish(reviewed, "ALICE", Now, "mine").Code);
        Assert.Equal("same-person", RulesetLifecycle.Publish(reviewed, "bob", Now, "mine").Code);
        Assert.True(RulesetLifecycle.Publish(reviewed, "carol", Now, "go").Allowed);
    }

    [Fact]
    public void Steps_OutOfOrder_AreRefused()
    {
        RulesetVersion draft = Draft();

        Assert.Equal("not-reviewed", RulesetLifecycle.Publish(draft, "carol", Now, "").Code);
        Assert.Equal("not-published", RulesetLifecycle.Retire(draft, "carol", Now, "").Code);
        RulesetVersion reviewed = RulesetLifecycle.Review(draft, "bob", Now, "").Version!;
        Assert.Equal("not-a-draft", RulesetLifecycle.Edit(reviewed, Text, "alice", Now, "").Code);
        Assert.Equal("not-a-draft", RulesetLifecycle.Review(reviewed, "bob", Now, "").Code);
        Assert.True(RulesetLifecycle.Edit(RulesetLifecycle.Return(reviewed, "bob", Now, "no").Version!, Text, "alice", Now, "").Allowed);
    }

    [Fact]
    public void Review_WithFailingTests_IsRefusedWithTheCase()
    {
        RulesetVersion broken = RulesetLifecycle.Edit(Draft(), Text.Replace("weeklyBudget: { type: number, min: 0, default: 5", "weeklyBudget: { type: number, min: 0, default: 6", StringComparison.Ordinal), "alice", Now, "").Version!;

        RulesetVersionDecision decision = RulesetLifecycle.Review(broken, "bob", Now, "");

        Assert.Equal("tests", decision.Code);
        Assert.Contains(decision.Findings, f => f.Path.Contains("A full week", StringComparison.Ordinal));
    }

    [Fact]
    public void Edit_ValuesOnly_RefusesStructure()
    {
        string structure = Text.Replace("hit: first", "hit: any", StringComparison.Ordinal), value = Text.Replace("default: 5", "default: 7", StringComparison.Ordinal);

        Assert.Equal("structure-changed", RulesetLifecycle.Edit(Draft(), structure, "eve", Now, "", valuesOnly: true).Code);
        Assert.True(RulesetLifecycle.Edit(Draft(), value, "eve", Now, "", valuesOnly: true).Allowed);
    }

    [Fact]
    public void Draft_OfAnExistingVersion_IsRefused() => Assert.Equal("version-exists", RulesetLifecycle.Draft(Text, "alice", Now, "", [Draft()]).Code);

    private static RulesetVersion Draft() => RulesetLifecycle.Draft(Text, "alice", Now, "first", []).Version!;
}
