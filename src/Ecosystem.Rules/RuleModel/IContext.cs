namespace Ecosystem.Rules.RuleModel;

/// <summary>What a rule's action can do to the session it fires in. It is valid while the action runs.</summary>
public interface IContext
{
    /// <summary>Rule that is firing.</summary>
    IRuleDefinition Rule { get; }

    /// <summary>Match the rule fires on.</summary>
    IMatch Match { get; }

    /// <summary>Token passed to <see cref="ISession.Fire(CancellationToken)"/>.</summary>
    CancellationToken CancellationToken { get; }

    /// <summary>Ends the firing cycle after the current rule.</summary>
    void Halt();

    /// <summary>Inserts a fact.</summary>
    /// <param name="fact">Fact to insert.</param>
    /// <exception cref="ArgumentException">The fact is already in the session.</exception>
    void Insert(object fact);

    /// <summary>Inserts facts, all or none.</summary>
    /// <param name="facts">Facts to insert.</param>
    /// <exception cref="ArgumentException">One of the facts is already in the session.</exception>
    void InsertAll(IEnumerable<object> facts);

    /// <summary>Inserts a fact unless it is already in the session.</summary>
    /// <param name="fact">Fact to insert.</param>
    /// <returns>Whether the fact was inserted.</returns>
    bool TryInsert(object fact);

    /// <summary>Tells the engine that a fact changed.</summary>
    /// <param name="fact">Fact to update.</param>
    /// <exception cref="ArgumentException">The fact is not in the session.</exception>
    void Update(object fact);

    /// <summary>Tells the engine that facts changed, all or none.</summary>
    /// <param name="facts">Facts to update.</param>
    /// <exception cref="ArgumentException">One of the facts is not in the session.</exception>
    void UpdateAll(IEnumerable<object> facts);

    /// <summary>Tells the engine that a fact changed, if it is in the session.</summary>
    /// <param name="fact">Fact to update.</param>
    /// <returns>Whether the fact was updated.</returns>
    bool TryUpdate(object fact);

    /// <summary>Removes a fact.</summary>
    /// <param name="fact">Fact to remove.</param>
    /// <exception cref="ArgumentException">The fact is not in the session.</exception>
    void Retract(object fact);

    /// <summary>Removes facts, all or none.</summary>
    /// <param name="facts">Facts to remove.</param>
    /// <exception cref="ArgumentException">One of the facts is not in the session.</exception>
    void RetractAll(IEnumerable<object> facts);

    /// <summary>Removes a fact, if it is in the session.</summary>
    /// <param name="fact">Fact to remove.</param>
    /// <returns>Whether the fact was removed.</returns>
    bool TryRetract(object fact);

    /// <summary>Lists the keys of the facts linked to the current match.</summary>
    /// <returns>Keys, in the order the facts were linked.</returns>
    IReadOnlyCollection<object> GetLinkedKeys();

    /// <summary>Finds a fact linked to the current match.</summary>
    /// <param name="key">Key of the linked fact.</param>
    /// <returns>The fact, or null if there is none under the key.</returns>
    object? GetLinked(object key);

    /// <summary>Inserts a fact that lives as long as the current match. It takes effect when the rule's actions are done.</summary>
    /// <param name="key">Key by which the match knows the fact.</param>
    /// <param name="fact">Fact to insert.</param>
    /// <exception cref="ArgumentException">The match has a linked fact under the key, or the fact is already in the session.</exception>
    void InsertLinked(object key, object fact);

    /// <summary>Inserts facts that live as long as the current match, all or none.</summary>
    /// <param name="keyedFacts">Facts with their keys.</param>
    /// <exception cref="ArgumentException">A key is taken, or a fact is already in the session.</exception>
    void InsertAllLinked(IEnumerable<KeyValuePair<object, object>> keyedFacts);

    /// <summary>Updates a fact linked to the current match.</summary>
    /// <param name="key">Key of the linked fact.</param>
    /// <param name="fact">The fact, or its replacement.</param>
    /// <exception cref="ArgumentException">The match has no linked fact under the key.</exception>
    void UpdateLinked(object key, object fact);

    /// <summary>Updates facts linked to the current match, all or none.</summary>
    /// <param name="keyedFacts">Facts with their keys.</param>
    /// <exception cref="ArgumentException">The match has no linked fact under one of the keys.</exception>
    void UpdateAllLinked(IEnumerable<KeyValuePair<object, object>> keyedFacts);

    /// <summary>Removes a fact linked to the current match.</summary>
    /// <param name="key">Key of the linked fact.</param>
    /// <param name="fact">The linked fact.</param>
    /// <exception cref="ArgumentException">The match has no such linked fact.</exception>
    void RetractLinked(object key, object fact);

    /// <summary>Removes facts linked to the current match, all or none.</summary>
    /// <param name="keyedFacts">Facts with their keys.</param>
    /// <exception cref="ArgumentException">The match has no linked fact under one of the keys.</exception>
    void RetractAllLinked(IEnumerable<KeyValuePair<object, object>> keyedFacts);

    /// <summary>Gets a service through the session's dependency resolver.</summary>
    /// <param name="serviceType">Type of service.</param>
    /// <returns>The service.</returns>
    object Resolve(Type serviceType);
}
