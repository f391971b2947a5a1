using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules;

/// <summary>
/// Tells whether two objects are the same fact. The same reference is the same fact; objects of different types are different facts; then the
/// comparer registered for the type decides, or else the default comparer, which asks <see cref="IIdentityProvider"/> or <see cref="object.Equals(object)"/>.
/// </summary>
public interface IFactIdentityComparer : IEqualityComparer<object>
{
    /// <summary>Gets the comparer for a type of fact.</summary>
    /// <typeparam name="TFact">Type of fact.</typeparam>
    /// <returns>Comparer.</returns>
    IEqualityComparer<TFact> GetComparer<TFact>();
}
