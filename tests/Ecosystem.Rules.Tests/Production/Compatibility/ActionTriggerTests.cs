using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Tests.Production.Compatibility;

/// <summary>
/// Which actions run after which changes. A step is one letter: I insert, U update, R retract, F fire, + and - let the filter accept or refuse
/// from then on. Expected are the numbers of actions run for a new match, for a changed one, and for one that is gone.
/// </summary>
public class ActionTriggerTests
{
    [Theory]
    [InlineData("IF", "1 0 0")]
    [InlineData("-IF", "0 0 0")]
    [InlineData("IUF", "1 0 0")]
    [InlineData("I-UF", "0 0 0")]
    [InlineData("-I+UF", "1 0 0")]
    [InlineData("IFUF", "1 1 0")]
    [InlineData("IFUUF", "1 1 0")]
    [InlineData("IF-U+UF", "1 1 0")]
    [InlineData("IFU-UF", "1 0 0")]
    [InlineData("IFUFUF", "1 2 0")]
    [InlineData("IRF", "0 0 0")]
    [InlineData("IFRF", "1 0 1")]
    [InlineData("IF-RF", "1 0 1")]
    [InlineData("IFUFRF", "1 1 1")]
    [InlineData("IF-UFRF", "1 0 1")]
    [InlineData("IFURF", "1 0 1")]
    [InlineData("IF-URF", "1 0 1")]
    [InlineData("IFRFIF", "2 0 1")]
    [InlineData("IFRIF", "2 0 1")]
    [InlineData("IFCUF", "1 1 0")]
    [InlineData("ICUF", "1 0 0")]
    public void Fire_RepeatableRule_RunsActionsOfTheChange(string steps, string expected) =>
        Assert.Equal(expected, Run(steps, new TriggerRule()));

    [Theory]
    [InlineData("IF", "1 0 0")]
    [InlineData("IUF", "1 0 0")]
    [InlineData("IFUF", "1 0 0")]
    [InlineData("IFUFUF", "1 0 0")]
    [InlineData("-I+UF", "1 0 0")]
    [InlineData("I-UF", "0 0 0")]
    [InlineData("IRF", "0 0 0")]
    [InlineData("IFRF", "1 0 1")]
    [InlineData("IFURF", "1 0 1")]
    [InlineData("IFRIF", "2 0 1")]
    [InlineData("IFRFIFUF", "2 0 1")]
    public void Fire_NonRepeatableRule_RunsNoActionForChangedMatches(string steps, string expected) =>
        Assert.Equal(expected, Run(steps, new OnceRule()));

    private static string Run(string steps, TriggerRule rule)
    {
        var session = new RuleFixture(rule).Session;
        var fact = new Partner();
        foreach (var step in steps)
        {
            switch (step)
            {
                case 'I':
                    session.Insert(fact);
                    break;
                case 'U':
                    session.Update(fact);
                    break;
                case 'R':
                    session.Retract(fact);
                    break;
                case 'C':
                    session.Agenda.Clear();
                    break;
                case 'F':
                    session.Fire();
                    break;
                default:
                    rule.Accepts = step == '+';
                    break;
            }
        }

        return string.Join(' ', rule.Counts);
    }

    private class TriggerRule : Rule
    {
        public bool Accepts { get; set; } = true;

        public int[] Counts { get; } = new int[3];

        public override void Define()
        {
            Partner partner = null!;
            When().Match(() => partner);
            Filter().Where(() => Accepts);
            Then()
                .Action(ctx => Count(0), ActionTrigger.Activated)
                .Action(ctx => Count(1), ActionTrigger.Reactivated)
                .Undo(ctx => Count(2));
        }

        private void Count(int index) => Counts[index]++;
    }

    [Repeatability(RuleRepeatability.NonRepeatable)]
    private sealed class OnceRule : TriggerRule;
}
