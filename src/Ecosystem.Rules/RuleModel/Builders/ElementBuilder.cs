namespace Ecosystem.Rules.RuleModel.Builders;

/// <summary>Lets an element that exists already stand where a builder is expected.</summary>
internal sealed class ElementBuilder(RuleElement element) : RuleElementBuilder
{
    internal override RuleElement BuildElement() => element;
}
