namespace Ecosystem.Rules.RuleModel.Builders;

/// <summary>Builds a negation.</summary>
public class NotBuilder : QuantifierBuilder, IBuilder<NotElement>
{
    /// <summary>Makes the negation.</summary>
    /// <returns>The negation.</returns>
    public NotElement Build() => Element.Not(BuildSource());

    internal override RuleElement BuildElement() => Build();
}
