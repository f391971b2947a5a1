namespace Ecosystem.Rules.RuleModel.Builders;

internal interface IBuilder<out TElement>
{
    TElement Build();
}
