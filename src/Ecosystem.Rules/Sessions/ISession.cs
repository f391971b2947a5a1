using Ecosystem.Rules.Diagnostics;
using Ecosystem.Rules.Extensibility;

namespace Ecosystem.Rules;

/// <summary>
/// A working memory of facts in which rules fire. Sessions are made by a <see cref="ISessionFactory"/>; they are cheap, so make one for each
/// independent set of facts, such as a request. A session must not be used by two threads at a time.
/// </summary>
/// <exception cref="RuleLhsExpressionEvaluationException">A condition, binding or aggregation threw while facts were inserted, updated or retracted.</exception>
/// <exception cref="RuleRhsExpressionEvaluationException">An action threw while rules fired.</exception>
/// <exception cref="AgendaExpressionEvaluationException">An agenda filter threw.</exception>
public interface ISession : ISessionSchemaProvider
{
    /// <summary>Matches that wait to be fired.</summary>
    IAgenda Agenda { get; }

    /// <summary>Events of this session.</summary>
    IEventProvider Events { get; }

    /// <summary>Counters of the nodes of this session.</summary>
    IMetricsProvider Metrics { get; }

    /// <summary>Resolves the services that actions use.</summary>
    IDependencyResolver DependencyResolver { get; set; }

    /// <summary>Runs the actions in place of the engine, if set.</summary>
    IActionInterceptor? ActionInterceptor { get; set; }

    /// <summary>Whether linked facts take effect after each firing; otherwise call <see cref="PropagateLinked"/>. True by default.</summary>
    bool AutoPropagateLinkedFacts { get; set; }

    /// <summary>Inserts facts, all or none.</summary>
    /// <param name="facts">Facts to insert.</param>
    /// <exception cref="ArgumentException">One of the facts is already in the session.</exception>
    void InsertAll(IEnumerable<object> facts);

    /// <summary>Inserts facts if none of them is in the session.</summary>
    /// <param name="facts">Facts to insert.</param>
    /// <returns>The facts that were already there; if there are any, nothing was inserted.</returns>
    IFactResult TryInsertAll(IEnumerable<object> facts);

    /// <summary>Inserts facts.</summary>
    /// <param name="facts">Facts to insert.</param>
    /// <param name="options">What to do if some of the facts are already there.</param>
    /// <returns>The facts that were already there.</returns>
    IFactResult TryInsertAll(IEnumerable<object> facts, BatchOptions options);

    /// <summary>Inserts a fact.</summary>
    /// <param name="fact">Fact to insert.</param>
    /// <exception cref="ArgumentException">The fact is already in the session.</exception>
    void Insert(object fact);

    /// <summary>Inserts a fact unless it is in the session.</summary>
    /// <param name="fact">Fact to insert.</param>
    /// <returns>Whether it was inserted.</returns>
    bool TryInsert(object fact);

    /// <summary>Tells the engine that facts changed, all or none.</summary>
    /// <param name="facts">Facts to update.</param>
    /// <exception cref="ArgumentException">One of the facts is not in the session.</exception>
    void UpdateAll(IEnumerable<object> facts);

    /// <summary>Tells the engine that facts changed, if all of them are in the session.</summary>
    /// <param name="facts">Facts to update.</param>
    /// <returns>The facts that are not in the session; if there are any, nothing was updated.</returns>
    IFactResult TryUpdateAll(IEnumerable<object> facts);

    /// <summary>Tells the engine that facts changed.</summary>
    /// <param name="facts">Facts to update.</param>
    /// <param name="options">What to do if some of the facts are not in the session.</param>
    /// <returns>The facts that are not in the session.</returns>
    IFactResult TryUpdateAll(IEnumerable<object> facts, BatchOptions options);

    /// <summary>Tells the engine that a fact changed.</summary>
    /// <param name="fact">Fact to update; an equal fact replaces the one in the session.</param>
    /// <exception cref="ArgumentException">The fact is not in the session.</exception>
    void Update(object fact);

    /// <summary>Tells the engine that a fact changed, if it is in the session.</summary>
    /// <param name="fact">Fact to update.</param>
    /// <returns>Whether it was updated.</returns>
    bool TryUpdate(object fact);

    /// <summary>Removes facts, all or none.</summary>
    /// <param name="facts">Facts to remove.</param>
    /// <exception cref="ArgumentException">One of the facts is not in the session.</exception>
    void RetractAll(IEnumerable<object> facts);

    /// <summary>Removes facts, if all of them are in the session.</summary>
    /// <param name="facts">Facts to remove.</param>
    /// <returns>The facts that are not in the session; if there are any, nothing was removed.</returns>
    IFactResult TryRetractAll(IEnumerable<object> facts);

    /// <summary>Removes facts.</summary>
    /// <param name="facts">Facts to remove.</param>
    /// <param name="options">What to do if some of the facts are not in the session.</param>
    /// <returns>The facts that are not in the session.</returns>
    IFactResult TryRetractAll(IEnumerable<object> facts, BatchOptions options);

    /// <summary>Removes a fact.</summary>
    /// <param name="fact">Fact to remove.</param>
    /// <exception cref="ArgumentException">The fact is not in the session.</exception>
    void Retract(object fact);

    /// <summary>Removes a fact, if it is in the session.</summary>
    /// <param name="fact">Fact to remove.</param>
    /// <returns>Whether it was removed.</returns>
    bool TryRetract(object fact);

    /// <summary>Makes linked facts take effect that wait for it.</summary>
    /// <returns>What was propagated.</returns>
    IEnumerable<ILinkedFactSet> PropagateLinked();

    /// <summary>Fires rules until there is nothing left to fire.</summary>
    /// <returns>Number of rules fired.</returns>
    int Fire();

    /// <summary>Fires rules until there is nothing left to fire or it is cancelled.</summary>
    /// <param name="cancellationToken">Stops after the rule that is firing.</param>
    /// <returns>Number of rules fired.</returns>
    int Fire(CancellationToken cancellationToken);

    /// <summary>Fires a limited number of rules.</summary>
    /// <param name="maxRulesNumber">Most rules to fire.</param>
    /// <returns>Number of rules fired.</returns>
    int Fire(int maxRulesNumber);

    /// <summary>Fires a limited number of rules, until it is cancelled.</summary>
    /// <param name="maxRulesNumber">Most rules to fire.</param>
    /// <param name="cancellationToken">Stops after the rule that is firing.</param>
    /// <returns>Number of rules fired.</returns>
    int Fire(int maxRulesNumber, CancellationToken cancellationToken);

    /// <summary>Queries the facts of the session, those that rules yielded among them.</summary>
    /// <typeparam name="TFact">Type of facts; <see cref="object"/> for all.</typeparam>
    /// <returns>Facts in the order they were inserted.</returns>
    IQueryable<TFact> Query<TFact>();
}
