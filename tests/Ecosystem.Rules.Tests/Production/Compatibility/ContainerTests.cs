using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.Integration.DependencyInjection;
using Ecosystem.Rules.RuleModel;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Rules.Tests.Production.Compatibility;

/// <summary>Rules, their constructors and their actions in a container.</summary>
public class ContainerTests
{
    [Fact]
    public void Session_RuleWithServicesInConstructorAndAction_GetsThem()
    {
        using var container = new ServiceCollection().AddNRules(x => x.NestedTypes().Type(typeof(ConstructorRule), typeof(ActionRule))).AddSingleton<Log>().BuildServiceProvider();
        Assert.Equal(2, container.GetRequiredService<IRuleRepository>().GetRules().Count());
        Assert.Same(container.GetRequiredService<ISessionFactory>(), container.GetRequiredService<ISessionFactory>());
        var session = container.GetRequiredService<ISession>();
        Assert.NotSame(session, container.GetRequiredService<ISession>());
        session.Insert(new Partner { Id = 4 });
        Assert.Equal(2, session.Fire());
        Assert.Equal(["action 4", "constructor 4"], container.GetRequiredService<Log>().Lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Session_InAScope_TakesTheServicesOfItsScope()
    {
        using var container = new ServiceCollection().AddNRules(x => x.NestedTypes().Type(typeof(ActionRule))).AddScoped<Log>().BuildServiceProvider();
        using var scope = container.CreateScope();
        var session = scope.ServiceProvider.GetRequiredService<ISession>();
        session.Insert(new Partner { Id = 4 });
        session.Fire();
        Assert.Empty(container.GetRequiredService<Log>().Lines);
        Assert.Equal(["action 4"], scope.ServiceProvider.GetRequiredService<Log>().Lines);
    }

    [Fact]
    public void Fire_ServiceThatIsNotRegistered_NamesTheRuleAndTheService()
    {
        using var container = new ServiceCollection().AddNRules(x => x.NestedTypes().Type(typeof(ActionRule))).BuildServiceProvider();
        var session = container.GetRequiredService<ISession>();
        session.Insert(new Partner());
        var error = Assert.ThrowsAny<Exception>(() => session.Fire());
        Assert.Contains($"needs {typeof(Log)}, which is not registered", (error.InnerException ?? error).Message, StringComparison.Ordinal);
    }

    public sealed class Log
    {
        public List<string> Lines { get; } = [];
    }

    public class ConstructorRule(Log log) : Rule
    {
        public override void Define()
        {
            Partner partner = null!;
            When().Match(() => partner);
            Then().Do(ctx => log.Lines.Add("constructor " + partner.Id));
        }
    }

    public class ActionRule : Rule
    {
        public override void Define()
        {
            Partner partner = null!;
            Log log = null!;
            Dependency().Resolve(() => log);
            When().Match(() => partner);
            Then().Do(ctx => log.Lines.Add("action " + partner.Id));
        }
    }
}
