namespace Ecosystem.Rules;

internal sealed class FactResult(IReadOnlyCollection<object> failed) : IFactResult
{
    public static readonly FactResult Success = new([]);

    public IReadOnlyCollection<object> Failed { get; } = failed;
}
