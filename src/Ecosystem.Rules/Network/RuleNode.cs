using System.Runtime.CompilerServices;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Network;

/// <summary>End of a rule's conditions: what arrives is a match. A rule whose conditions have alternatives has several.</summary>
internal sealed class RuleNode(NodeInfo info, CompiledRule rule, TupleLayout layout) : TupleSink(info)
{
    private readonly Action<RuleMatch>?[] _actions = new Action<RuleMatch>?[rule.Actions.Length];

    public CompiledRule Rule { get; } = rule;

    public TupleLayout Layout { get; } = layout;

    public override Tuple NewTuple(Session session) => new RuleMatch(session, this);

    public override void Assert(Session session, ReadOnlySpan<Tuple> tuples)
    {
        session.Count(Info, MetricKind.InsertInput, tuples.Length);
        var agenda = session.InternalAgenda;
        var events = session.EventAggregator;
        foreach (var tuple in tuples)
        {
            var activation = Unsafe.As<RuleMatch>(tuple);
            agenda.Add(activation);
            events.RaiseActivationCreated(session, activation);
        }
    }

    public override void Update(Session session, ReadOnlySpan<Tuple> tuples)
    {
        session.Count(Info, MetricKind.UpdateInput, tuples.Length);
        var agenda = session.InternalAgenda;
        var events = session.EventAggregator;
        foreach (var tuple in tuples)
        {
            var activation = Unsafe.As<RuleMatch>(tuple);
            if (activation.IsKnown)
            {
                agenda.Modify(activation);
                events.RaiseActivationUpdated(session, activation);
            }
            else
            {
                agenda.Add(activation);
                events.RaiseActivationCreated(session, activation);
            }
        }
    }

    public override void Retract(Session session, ReadOnlySpan<Tuple> tuples)
    {
        session.Count(Info, MetricKind.RetractInput, tuples.Length);
        foreach (var tuple in tuples)
        {
            var activation = Unsafe.As<RuleMatch>(tuple);
            if (activation.IsKnown)
            {
                session.InternalAgenda.Remove(activation);
                session.EventAggregator.RaiseActivationDeleted(session, activation);
            }
        }
    }

    /// <summary>Runs the actions that the match's trigger calls for, straight, without events or interception.</summary>
    public void Fire(Session session, RuleMatch activation)
    {
        var trigger = (ActionTrigger)activation.Trigger;
        var actions = Rule.Actions;
        for (var i = 0; i < actions.Length; i++)
        {
            if ((actions[i].Trigger & trigger) == 0)
            {
                continue;
            }

            try
            {
                (_actions[i] ??= actions[i].Compile(Layout)).Invoke(activation);
            }
            catch (Exception e)
            {
                if (!session.ActionFailed(activation, actions[i], e))
                {
                    throw Session.Failure(activation, actions[i], e);
                }
            }
        }
    }
}
