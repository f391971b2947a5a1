namespace Ecosystem.Rules.RuleModel;

/// <summary>Element of a rule's conditions.</summary>
public abstract class RuleLeftElement : RuleElement
{
    internal RuleLeftElement()
    {
    }
}
