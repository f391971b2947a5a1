using System.Diagnostics.CodeAnalysis;
using Ecosystem.Rules.RuleModel.Builders;

namespace Ecosystem.Rules.RuleModel;

/// <summary>
/// Walks or rewrites a rule. Override what you are interested in; call the base method to go deeper, and return another element to put it in
/// the place of the visited one. Elements are immutable: what contains a rewritten element is made anew, the rest stays the same object.
/// </summary>
/// <typeparam name="TContext">Type of the state that is passed along; <see cref="Context"/> if there is none.</typeparam>
public class RuleElementVisitor<TContext>
{
    /// <summary>Visits a rule: dependencies, conditions, filters, actions and priority.</summary>
    /// <param name="context">State.</param>
    /// <param name="rule">Rule.</param>
    /// <returns>The rule, or a new one if a part was rewritten.</returns>
    public IRuleDefinition Visit(TContext context, IRuleDefinition rule)
    {
        var dependencies = VisitDependencyGroup(context, rule.DependencyGroup);
        var leftHandSide = (GroupElement)Visit(context, rule.LeftHandSide);
        var filters = VisitFilterGroup(context, rule.FilterGroup);
        var rightHandSide = VisitActionGroup(context, rule.RightHandSide);
        var priority = (PriorityElement?)Visit(context, rule.PriorityExpression);
        return dependencies == rule.DependencyGroup && leftHandSide == rule.LeftHandSide && filters == rule.FilterGroup
            && rightHandSide == rule.RightHandSide && priority == rule.PriorityExpression
            ? rule
            : Element.RuleDefinition(
                rule.Name,
                rule.Description,
                rule.Priority,
                rule.Repeatability,
                rule.Tags,
                rule.Properties,
                dependencies,
                leftHandSide,
                filters,
                rightHandSide,
                priority);
    }

    /// <summary>Visits an element of any kind.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    /// <returns>The element, or the one to put in its place.</returns>
    [return: NotNullIfNotNull(nameof(element))]
    public RuleElement? Visit(TContext context, RuleElement? element) => element?.Accept(context, this);

    /// <summary>Visits elements.</summary>
    /// <typeparam name="T">Type of element.</typeparam>
    /// <param name="context">State.</param>
    /// <param name="elements">Elements.</param>
    /// <param name="visitFunc">Visits one.</param>
    /// <returns>The list, or a new one if an element was rewritten.</returns>
    [SuppressMessage("Design", "CA1000:Do not declare static members on generic types", Justification = "The name is that of NRules, whose users' visitors are to compile.")]
    public static IReadOnlyList<T> Visit<T>(TContext context, IReadOnlyList<T> elements, Func<TContext, T, T> visitFunc)
        where T : RuleElement
    {
        var visited = new T[elements.Count];
        var isSame = true;
        for (var i = 0; i < visited.Length; i++)
        {
            visited[i] = visitFunc(context, elements[i]);
            isSame &= visited[i] == elements[i];
        }

        return isSame ? elements : visited;
    }

    /// <summary>Visits a pattern.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    /// <returns>The element, or the one to put in its place.</returns>
    protected internal virtual PatternElement VisitPattern(TContext context, PatternElement element) =>
        element.Update(VisitExpressions(context, element.Expressions), Visit(context, element.Source));

    /// <summary>Visits a named expression, such as a condition.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    /// <returns>The element, or the one to put in its place.</returns>
    protected internal virtual NamedExpressionElement VisitNamedExpression(TContext context, NamedExpressionElement element) => element;

    /// <summary>Visits an aggregation.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    /// <returns>The element, or the one to put in its place.</returns>
    protected internal virtual RuleElement VisitAggregate(TContext context, AggregateElement element) =>
        element.Update(VisitExpressions(context, element.Expressions), VisitPattern(context, element.Source));

    /// <summary>Visits a binding.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    /// <returns>The element, or the one to put in its place.</returns>
    protected internal virtual RuleElement VisitBinding(TContext context, BindingElement element) => element;

    /// <summary>Visits a negation.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    /// <returns>The element, or the one to put in its place.</returns>
    protected internal virtual RuleElement VisitNot(TContext context, NotElement element) => element.Update(Visit(context, element.Source));

    /// <summary>Visits an existence test.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    /// <returns>The element, or the one to put in its place.</returns>
    protected internal virtual RuleElement VisitExists(TContext context, ExistsElement element) =>
        element.Update(Visit(context, element.Source));

    /// <summary>Visits a universal test.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    /// <returns>The element, or the one to put in its place.</returns>
    protected internal virtual RuleElement VisitForAll(TContext context, ForAllElement element) =>
        element.Update(VisitPattern(context, element.BasePattern), Visit(context, element.Patterns, VisitPattern));

    /// <summary>Visits a group of which all elements must match.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    /// <returns>The element, or the one to put in its place.</returns>
    protected internal virtual RuleElement VisitAnd(TContext context, AndElement element) =>
        element.Update(Visit<RuleElement>(context, element.ChildElements, Visit));

    /// <summary>Visits a group of which one element must match.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    /// <returns>The element, or the one to put in its place.</returns>
    protected internal virtual RuleElement VisitOr(TContext context, OrElement element) =>
        element.Update(Visit<RuleElement>(context, element.ChildElements, Visit));

    /// <summary>Visits the actions of a rule.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    /// <returns>The element, or the one to put in its place.</returns>
    protected internal virtual ActionGroupElement VisitActionGroup(TContext context, ActionGroupElement element) =>
        element.Update(Visit(context, element.Actions, VisitAction));

    /// <summary>Visits an action.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    /// <returns>The element, or the one to put in its place.</returns>
    protected internal virtual ActionElement VisitAction(TContext context, ActionElement element) => element;

    /// <summary>Visits the dependencies of a rule.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    /// <returns>The element, or the one to put in its place.</returns>
    protected internal virtual DependencyGroupElement VisitDependencyGroup(TContext context, DependencyGroupElement element) =>
        element.Update(Visit(context, element.Dependencies, VisitDependency));

    /// <summary>Visits a dependency.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    /// <returns>The element, or the one to put in its place.</returns>
    protected internal virtual DependencyElement VisitDependency(TContext context, DependencyElement element) => element;

    /// <summary>Visits the agenda filters of a rule.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    /// <returns>The element, or the one to put in its place.</returns>
    protected internal virtual FilterGroupElement VisitFilterGroup(TContext context, FilterGroupElement element) =>
        element.Update(Visit(context, element.Filters, VisitFilter));

    /// <summary>Visits an agenda filter.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    /// <returns>The element, or the one to put in its place.</returns>
    protected internal virtual FilterElement VisitFilter(TContext context, FilterElement element) => element;

    /// <summary>Visits the expression that calculates a match's priority.</summary>
    /// <param name="context">State.</param>
    /// <param name="element">Element.</param>
    /// <returns>The element, or the one to put in its place.</returns>
    protected internal virtual PriorityElement VisitPriority(TContext context, PriorityElement element) => element;

    private ExpressionCollection VisitExpressions(TContext context, ExpressionCollection expressions)
    {
        var visited = Visit(context, expressions, VisitNamedExpression);
        return visited == expressions ? expressions : new ExpressionCollection(visited);
    }
}
