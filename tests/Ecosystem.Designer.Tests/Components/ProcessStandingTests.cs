using Ecosystem.Designer.Components;

namespace Ecosystem.Designer.Tests.Components;

public sealed class ProcessStandingTests
{
    private const string Steps = """
        {"root":{"activities":[{"id":"a","type":"X","name":"Apply"},{"id":"b","type":"X","name":"Screen"},{"id":"c","type":"X","name":"Check"},{"id":"d","type":"X","name":"Price"},
          {"id":"e","type":"X","name":"Draft"},{"id":"f","type":"X","name":"Sign"},{"id":"g","type":"X","name":"Welcome"},{"id":"h","type":"X","name":"Train"}],
         "connections":[
           {"source":{"activity":"f","port":"Sign"},"target":{"activity":"g"}},{"source":{"activity":"f","port":"Decline"},"target":{"activity":"a"}},
           {"source":{"activity":"f","port":"Timeout"},"target":{"activity":"a"}},{"source":{"activity":"h","port":"Done"},"target":{"activity":"g"}}]}}
        """;

    [Fact]
    public void Of_CaseThatWaits_ShowsTheLastStepsInTheOrderTheyWereDoneAndEveryWayOn()
    {
        var standing = Of(("e", "done", 3), ("a", "done", 1), ("b", "done", 6), ("c", "done", 4), ("d", "done", 5), ("f", "waiting", 7), ("g", "", 2));
        Assert.Equal(1, standing.Before);
        Assert.Equal(["Draft", "Check", "Price", "Screen"], standing.Done.Select(step => step.Title));
        Assert.Equal(["Sign"], standing.Now.Select(step => step.Title));
        Assert.Equal([new(null, "Sign", "Welcome"), new(null, "Decline, Late", "Apply")], standing.Next);
    }

    [Fact]
    public void Of_TwoStepsUnderWay_SaysFromWhichEachWayLeads()
    {
        var standing = Of(("f", "failed", 2), ("h", "waiting", 1));
        Assert.Equal(["Train", "Sign"], standing.Now.Select(step => step.Title));
        Assert.Equal(new ProcessStanding.Way("Train", null, "Welcome"), standing.Next[0]);
        Assert.Equal("Sign", standing.Next[1].From);
    }

    [Fact]
    public void Of_CaseThatHasEnded_HasNoWayOn()
    {
        var standing = Of(("a", "done", 1));
        Assert.Empty(standing.Now);
        Assert.Empty(standing.Next);
        Assert.Equal(0, standing.Before);
    }

    private static ProcessStanding Of(params (string Step, string State, int Order)[] marks) => ProcessStanding.Of(
        ProcessMapSource.Read(Steps), marks.ToDictionary(mark => mark.Step, mark => new StepMark(mark.State, null, Order: mark.Order)));
}
