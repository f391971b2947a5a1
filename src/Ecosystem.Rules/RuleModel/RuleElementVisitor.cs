namespace Ecosystem.Rules.RuleModel;

/// <summary>Walks the elements of a rule, parents before children. Override what you are interested in and call the base method to go deeper.</summary>
/// <typeparam name="TContext">Type of the state that is passed along.</typeparam>
public class RuleElementVisitor<TContext>
{
    /// <summary>Visits an element of any kind.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    public void Visit(TContext context, RuleElement element) => element.Accept(context, this);

    /// <summary>Visits a pattern.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    protected internal virtual void VisitPattern(TContext context, PatternElement element)
    {
        if (element.Source is not null)
        {
            Visit(context, element.Source);
        }

        VisitAll(context, element.Expressions);
    }

    /// <summary>Visits a named expression, such as a condition.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    protected internal virtual void VisitNamedExpression(TContext context, NamedExpressionElement element)
    {
    }

    /// <summary>Visits an aggregation.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    protected internal virtual void VisitAggregate(TContext context, AggregateElement element)
    {
        Visit(context, element.Source);
        VisitAll(context, element.Expressions);
    }

    /// <summary>Visits a binding.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    protected internal virtual void VisitBinding(TContext context, BindingElement element)
    {
    }

    /// <summary>Visits a negation.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    protected internal virtual void VisitNot(TContext context, NotElement element) => Visit(context, element.Source);

    /// <summary>Visits an existence test.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    protected internal virtual void VisitExists(TContext context, ExistsElement element) => Visit(context, element.Source);

    /// <summary>Visits a universal test.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    protected internal virtual void VisitForAll(TContext context, ForAllElement element)
    {
        Visit(context, element.BasePattern);
        VisitAll(context, element.Patterns);
    }

    /// <summary>Visits a group of which all elements must match.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    protected internal virtual void VisitAnd(TContext context, AndElement element) => VisitAll(context, element.ChildElements);

    /// <summary>Visits a group of which one element must match.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    protected internal virtual void VisitOr(TContext context, OrElement element) => VisitAll(context, element.ChildElements);

    /// <summary>Visits the actions of a rule.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    protected internal virtual void VisitActionGroup(TContext context, ActionGroupElement element) => VisitAll(context, element.Actions);

    /// <summary>Visits an action.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    protected internal virtual void VisitAction(TContext context, ActionElement element)
    {
    }

    /// <summary>Visits the dependencies of a rule.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    protected internal virtual void VisitDependencyGroup(TContext context, DependencyGroupElement element) =>
        VisitAll(context, element.Dependencies);

    /// <summary>Visits a dependency.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    protected internal virtual void VisitDependency(TContext context, DependencyElement element)
    {
    }

    /// <summary>Visits the agenda filters of a rule.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    protected internal virtual void VisitFilterGroup(TContext context, FilterGroupElement element) => VisitAll(context, element.Filters);

    /// <summary>Visits an agenda filter.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    protected internal virtual void VisitFilter(TContext context, FilterElement element)
    {
    }

    /// <summary>Visits the expression that calculates a match's priority.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    protected internal virtual void VisitPriority(TContext context, PriorityElement element)
    {
    }

    private void VisitAll(TContext context, IEnumerable<RuleElement> elements)
    {
        foreach (var element in elements)
        {
            Visit(context, element);
        }
    }
}
