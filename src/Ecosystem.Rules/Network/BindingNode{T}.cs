using System.Linq.Expressions;
using System.Runtime.CompilerServices;

namespace Ecosystem.Rules.Network;

/// <summary>Adds a calculated value to each partial match.</summary>
internal sealed class BindingNode<T>(NodeInfo info, TupleExpression<T> expression, TupleOutput output) : BindingNode(info, output)
{
    public override bool IsSame(TupleLayout layout, LambdaExpression other) =>
        expression.Layout.AreSame(expression.Expression, layout, other);

    public override Tuple NewTuple(Session session) => new LeftTuple();

    public override void Assert(Session session, ReadOnlySpan<Tuple> tuples)
    {
        var created = session.Tuples.Rent();
        foreach (var tuple in tuples)
        {
            if (expression.TryEvaluate(session, tuple, out var value))
            {
                created.Add(Output.Create(session, Unsafe.As<LeftTuple>(tuple), new DerivedFact(value), null));
            }
        }

        session.Count(Info, MetricKind.InsertInput, tuples.Length);
        session.Count(Info, MetricKind.InsertOutput, created.Count);
        Output.Assert(session, created.Span);
        session.Tuples.Return(created);
    }

    public override void Update(Session session, ReadOnlySpan<Tuple> tuples)
    {
        var updated = session.Tuples.Rent();
        var created = session.Tuples.Rent();
        var removed = session.Tuples.Rent();
        foreach (var tuple in tuples)
        {
            var left = Unsafe.As<LeftTuple>(tuple);
            if (expression.TryEvaluate(session, left, out var value))
            {
                if (left.FirstChild is { } child)
                {
                    child.Fact!.Value = value;
                    updated.Add(child);
                }
                else
                {
                    created.Add(Output.Create(session, left, new DerivedFact(value), null));
                }
            }
            else if (left.FirstChild is { } child)
            {
                LeftTuple.Unlink(child);
                removed.Add(child);
            }
        }

        session.Count(Info, MetricKind.UpdateInput, tuples.Length);
        session.Count(Info, MetricKind.UpdateOutput, updated.Count);
        Output.Retract(session, removed.Span);
        Output.Assert(session, created.Span);
        Output.Update(session, updated.Span);
        session.Tuples.Return(updated);
        session.Tuples.Return(created);
        session.Tuples.Return(removed);
    }

    public override void Rebucket(Session session, Tuple tuple)
    {
        if (Unsafe.As<LeftTuple>(tuple).FirstChild is { } child)
        {
            Output.Rebucket(session, child);
        }
    }

    public override void Retract(Session session, ReadOnlySpan<Tuple> tuples)
    {
        var removed = session.Tuples.Rent();
        foreach (var tuple in tuples)
        {
            if (Unsafe.As<LeftTuple>(tuple).FirstChild is { } child)
            {
                LeftTuple.Unlink(child);
                removed.Add(child);
            }
        }

        session.Count(Info, MetricKind.RetractInput, tuples.Length);
        session.Count(Info, MetricKind.RetractOutput, removed.Count);
        Output.Retract(session, removed.Span);
        session.Tuples.Return(removed);
    }
}
