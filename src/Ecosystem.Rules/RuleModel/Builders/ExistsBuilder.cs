namespace Ecosystem.Rules.RuleModel.Builders;

/// <summary>Builds an existence test.</summary>
public class ExistsBuilder : QuantifierBuilder, IBuilder<ExistsElement>
{
    /// <summary>Makes the test.</summary>
    /// <returns>The test.</returns>
    public ExistsElement Build() => Element.Exists(BuildSource());

    internal override RuleElement BuildElement() => Build();
}
