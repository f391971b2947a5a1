using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Fluent.Dsl;

/// <summary>Shorthands for rule actions.</summary>
public static class ContextExtensions
{
    /// <summary>Changes a fact and tells the engine about it.</summary>
    /// <typeparam name="T">Type of fact.</typeparam>
    /// <param name="context">Context of the action.</param>
    /// <param name="fact">Fact to change.</param>
    /// <param name="updateAction">Change to apply.</param>
    /// <exception cref="ArgumentException">The fact is not in the session.</exception>
    public static void Update<T>(this IContext context, T fact, Action<T> updateAction)
        where T : notnull
    {
        updateAction(fact);
        context.Update(fact);
    }

    /// <summary>Gets a service through the session's dependency resolver.</summary>
    /// <typeparam name="TService">Type of service.</typeparam>
    /// <param name="context">Context of the action.</param>
    /// <returns>The service.</returns>
    public static TService Resolve<TService>(this IContext context) => (TService)context.Resolve(typeof(TService));
}
