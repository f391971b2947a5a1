using Cronos;
using Ecosystem.Workflows.Tasks.Calendars;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Waits for an event, or is the event that started the process.</summary>
internal sealed class EventBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        if (engine.TriggerActivityId == instance.Node.Id && !instance.Frame.ActivityOutputs.ContainsKey(instance.Node.Id))
        {
            engine.SetOutput(instance, "result", Values.Copy(instance.Frame.Inputs.GetValueOrDefault("Payload")));
            engine.Complete(instance);
            return;
        }

        engine.Ask(instance, RequestKind.Event, engine.RequiredText(instance, "eventName"));
    }
}

/// <summary>Publishes an event to whoever waits for it.</summary>
internal sealed class PublishEventBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        engine.Published.Add((engine.RequiredText(instance, "eventName"), engine.Input(instance, "payload"), engine.FlagInput(instance, "isLocalEvent"), engine.TextInput(instance, "correlationId") is { Length: > 0 } correlation ? correlation : null));
        engine.Complete(instance);
    }
}

/// <summary>Waits a while.</summary>
internal sealed class DelayBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        var span = engine.DurationInput(instance, "timeSpan");
        if (span <= TimeSpan.Zero)
        {
            engine.Complete(instance);
            return;
        }

        engine.Ask(instance, RequestKind.Timer, "delay", due: engine.Host.Now + span);
    }
}

/// <summary>Waits until a time; a time that is past is not waited for.</summary>
internal sealed class StartAtBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        var time = engine.TimeInput(instance, "dateTime");
        if (engine.TriggerActivityId == instance.Node.Id || time <= engine.Host.Now)
        {
            engine.Complete(instance);
            return;
        }

        engine.Ask(instance, RequestKind.Timer, "startAt", due: time);
    }
}

/// <summary>Starts a process at an interval; inside a process, waits for one.</summary>
internal sealed class TimerBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        if (engine.TriggerActivityId == instance.Node.Id)
        {
            engine.Complete(instance);
            return;
        }

        engine.Ask(instance, RequestKind.Timer, "timer", due: engine.Host.Now + engine.DurationInput(instance, "interval"));
    }
}

/// <summary>Starts a process by a cron expression; inside a process, waits for its next time.</summary>
internal sealed class CronBehavior : ActivityBehavior
{
    internal static CronExpression Parse(string text)
    {
        try
        {
            var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Length;
            return CronExpression.Parse(text, fields == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard);
        }
        catch (CronFormatException exception)
        {
            throw new EngineFault($"'{text}' is not a cron expression: {exception.Message} Write it with five fields (minute hour day month weekday) or six (with seconds first), for example '0 0 * * * *'.");
        }
    }

    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        if (engine.TriggerActivityId == instance.Node.Id)
        {
            engine.Complete(instance);
            return;
        }

        var text = engine.RequiredText(instance, "cronExpression");
        var next = Parse(text).GetNextOccurrence(engine.Host.Now, TimeZoneInfo.Utc)
            ?? throw new EngineFault($"The cron expression '{text}' of '{instance.Node.Title}' has no time that is still to come.");
        engine.Ask(instance, RequestKind.Timer, "cron", due: next);
    }
}

/// <summary>Has something outside do a task and report back.</summary>
internal sealed class RunTaskBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance) =>
        engine.Ask(instance, RequestKind.Event, engine.RequiredText(instance, "taskName"), new Dictionary<string, object?>
        {
            ["task"] = true,
            ["payload"] = engine.Input(instance, "payload"),
        });
}

/// <summary>Waits for an HTTP request, or is the one that started the process.</summary>
internal sealed class HttpEndpointBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        if (engine.TriggerActivityId == instance.Node.Id && !instance.Frame.ActivityOutputs.ContainsKey(instance.Node.Id))
        {
            if (instance.Frame.Inputs.GetValueOrDefault("HttpRequest") is Dictionary<string, object?> request)
            {
                foreach (var pair in request)
                {
                    engine.SetOutput(instance, pair.Key, pair.Value);
                }
            }

            engine.Complete(instance);
            return;
        }

        engine.Ask(instance, RequestKind.HttpEndpoint, engine.RequiredText(instance, "path"), new Dictionary<string, object?>
        {
            ["methods"] = engine.ListInput(instance, "supportedMethods"),
            ["authorize"] = engine.FlagInput(instance, "authorize"),
        });
    }
}

/// <summary>Waits for an event of the case, at most so long.</summary>
internal sealed class WaitForEventBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        var names = engine.ListInput(instance, "events").Concat(engine.ListInput(instance, "eventName")).Select(Values.ToText).Where(name => name.Length > 0).ToList();
        if (names.Count == 0)
        {
            throw new EngineFault($"'{instance.Node.Title}' does not say which event to wait for.");
        }

        DateTimeOffset? until = engine.Input(instance, "timeout") is { } timeout && Durations.Parse(timeout) is { } span
            ? engine.Host.Now + span
            : engine.Input(instance, "until") is { } ? engine.TimeInput(instance, "until") : null;
        if (until <= engine.Host.Now)
        {
            engine.Complete(instance, "Timeout");
            return;
        }

        engine.Ask(
            instance,
            RequestKind.Event,
            names[0],
            new Dictionary<string, object?>
            {
                ["names"] = names.Cast<object?>().ToList(),
                ["case"] = true,
                ["waitingFor"] = engine.TextInput(instance, "waitingFor"),
                ["what"] = engine.TextInput(instance, "what"),
            },
            until);
    }

    internal override void Resumed(ProcessEngine engine, ActivityInstance instance, EngineRequest request, EngineReply reply)
    {
        if (reply.TimedOut)
        {
            engine.Complete(instance, ["Timeout"]);
            return;
        }

        var name = reply.Output.GetValueOrDefault("name") is string received ? received : request.Name;
        engine.SetOutput(instance, "name", name);
        engine.SetOutput(instance, "data", reply.Output.GetValueOrDefault("result"));
        var chart = instance.Node.Parent;
        var own = chart?.Connections.Exists(connection => connection.Source == instance.Node && connection.Outcome == name) ?? false;
        engine.Complete(instance, own ? [name] : ["Done"], null, reply.By);
    }
}

/// <summary>Waits until a time.</summary>
internal sealed class WaitUntilBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        DateTimeOffset due;
        if (engine.Input(instance, "until") is { } text && Values.ToText(text).Length > 0)
        {
            due = engine.TimeInput(instance, "until");
        }
        else
        {
            var from = engine.Input(instance, "from") is { } start && Values.ToText(start).Length > 0 ? engine.TimeInput(instance, "from") : engine.Host.Now;
            var calendar = BusinessTime.Calendar(engine.TextInput(instance, "calendar"));
            due = BusinessTime.Add(from, engine.TextInput(instance, "duration") ?? "", calendar)
                ?? throw new EngineFault($"The duration of '{instance.Node.Title}' is not one; write 'P3D' or, in business time, '48 business hours' or '2 business days'.");
        }

        if (due <= engine.Host.Now)
        {
            engine.Complete(instance);
            return;
        }

        engine.Ask(instance, RequestKind.Timer, "waitUntil", due: due);
    }
}

/// <summary>Shows where the case stands.</summary>
internal sealed class SetStageBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        engine.Stage = engine.RequiredText(instance, "stage");
        engine.WaitingFor = (engine.TextInput(instance, "waitingFor"), engine.TextInput(instance, "what"));
        engine.Complete(instance);
    }
}

/// <summary>Carries out a C# step.</summary>
internal sealed class StepBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance) =>
        engine.Ask(instance, RequestKind.Step, instance.Node.Type, engine.AllInputs(instance));

    internal override void Resumed(ProcessEngine engine, ActivityInstance instance, EngineRequest request, EngineReply reply)
    {
        if ((instance.Node.UndoneBy ?? engine.Host.UndoOf(instance.Node.Type)) is { } undo)
        {
            engine.Remember(instance, undo, request.Data, reply.Output);
        }

        base.Resumed(engine, instance, request, reply);
    }
}

/// <summary>An activity type nobody knows.</summary>
internal sealed class UnknownBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance) =>
        throw new EngineFault($"There is no activity '{instance.Node.Type}' and no published definition of that name.");
}
