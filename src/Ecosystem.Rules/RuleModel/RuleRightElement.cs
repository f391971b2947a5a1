namespace Ecosystem.Rules.RuleModel;

/// <summary>Element of a rule's actions.</summary>
public abstract class RuleRightElement : RuleElement
{
    internal RuleRightElement()
    {
    }
}
