using Ecosystem.Rules.Diagnostics;
using Ecosystem.Rules.Extensibility;
using Ecosystem.Rules.Network;

namespace Ecosystem.Rules;

internal sealed class SessionFactory : ISessionFactory
{
    public SessionFactory(ReteNetwork network, IFactIdentityComparer identityComparer, bool hasDefaultIdentity, EngineOptions options)
    {
        Network = network;
        IdentityComparer = identityComparer;
        HasDefaultIdentity = hasDefaultIdentity;
        Options = options;
    }

    public ReteNetwork Network { get; }

    public IFactIdentityComparer IdentityComparer { get; }

    /// <summary>Whether facts are told apart by <see cref="object.Equals(object)"/> unless they say otherwise themselves.</summary>
    public bool HasDefaultIdentity { get; }

    public EngineOptions Options { get; }

    public EventAggregator EventAggregator { get; } = new(null);

    public IEventProvider Events => EventAggregator;

    public IDependencyResolver DependencyResolver { get; set; } = new DependencyResolver();

    public IActionInterceptor? ActionInterceptor { get; set; }

    public ISession CreateSession() => CreateSession(static _ => { });

    public ISession CreateSession(Action<ISession> initializationAction)
    {
        var session = new Session(this);
        initializationAction(session);
        session.Activate();
        return session;
    }

    public ReteGraph GetSchema() => Network.GetSchema();
}
