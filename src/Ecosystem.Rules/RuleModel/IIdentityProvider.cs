namespace Ecosystem.Rules.RuleModel;

/// <summary>Implemented by facts that are told apart by something else than <see cref="object.Equals(object)"/>, such as a business key.</summary>
public interface IIdentityProvider
{
    /// <summary>Returns what identifies the fact among facts of its type.</summary>
    /// <returns>Identity object; two facts are the same fact if these are equal.</returns>
    object GetIdentity();
}
