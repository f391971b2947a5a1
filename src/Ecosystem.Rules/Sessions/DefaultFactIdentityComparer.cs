using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules;

internal sealed class DefaultFactIdentityComparer : IEqualityComparer<object>
{
    public new bool Equals(object? x, object? y) => x is IIdentityProvider left && y is IIdentityProvider right
        ? object.Equals(left.GetIdentity(), right.GetIdentity())
        : object.Equals(x, y);

    public int GetHashCode(object obj) => obj is IIdentityProvider provider ? provider.GetIdentity().GetHashCode() : obj.GetHashCode();
}
