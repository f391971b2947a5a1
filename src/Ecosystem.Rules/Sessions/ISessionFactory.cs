using Ecosystem.Rules.Diagnostics;
using Ecosystem.Rules.Extensibility;

namespace Ecosystem.Rules;

/// <summary>
/// Compiled rules. Compiling is expensive, making sessions is cheap: keep one factory for a set of rules and share it between threads.
/// </summary>
public interface ISessionFactory : ISessionSchemaProvider
{
    /// <summary>Events of all sessions; the sender tells the session. Subscribe before sessions of other threads run.</summary>
    IEventProvider Events { get; }

    /// <summary>Resolves services for sessions that are made from now on.</summary>
    IDependencyResolver DependencyResolver { get; set; }

    /// <summary>Runs the actions of sessions that are made from now on, if set.</summary>
    IActionInterceptor? ActionInterceptor { get; set; }

    /// <summary>Makes a session.</summary>
    /// <returns>The session, empty.</returns>
    ISession CreateSession();

    /// <summary>Makes a session.</summary>
    /// <param name="initializationAction">Runs before rules that match an empty session are put on its agenda.</param>
    /// <returns>The session.</returns>
    ISession CreateSession(Action<ISession> initializationAction);
}
