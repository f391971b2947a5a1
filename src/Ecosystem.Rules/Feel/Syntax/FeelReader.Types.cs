namespace Ecosystem.Rules.Feel;

/// <summary>Types as written after "instance of" and behind parameters.</summary>
internal sealed partial class FeelReader
{
    private static readonly string[] LongTypes =
        ["days and time duration", "years and months duration", "date and time"];

    private FeelType Type()
    {
        Enter();
        Blank();
        var result = KnownType() ?? BuiltInType();
        _depth--;
        return result;
    }

    private FeelType BuiltInType()
    {
        var at = At;
        foreach (var name in LongTypes)
        {
            if (TryWords(name))
            {
                return FeelType.Find(name)!;
            }
        }

        if (_cursor.Eof || !FeelNames.IsStart(_text, Offset))
        {
            throw Error($"Expected a type, found {Found()}.");
        }

        var word = FeelNames.FirstWord(_text, Offset);
        _cursor.Advance(word.Length);
        switch (word)
        {
            case "list" when TryChar('<'):
                var item = Type();
                Expect('>', "to close the type of the list");
                return FeelType.List(item);
            case "range" when TryChar('<'):
                var end = Type();
                Expect('>', "to close the type of the range");
                return FeelType.Range(end);
            case "context" when TryChar('<'):
                return ContextType();
            case "function" when TryChar('<'):
                return FunctionType();
        }

        return FeelType.Find(word) ?? throw FeelException.At(at, "feel-type", $"There is no type '{word}'. FEEL knows {KnownTypes()}.");
    }

    private string KnownTypes()
    {
        const string BuiltIn = "Any, number, string, boolean, date, time, date and time, days and time duration, years and months duration, list<…>, context<…>, range<…> and function<…>";
        return _scope.Types.Count == 0 ? BuiltIn : $"{BuiltIn}, and declared are {string.Join(", ", _scope.Types.Keys.Order(StringComparer.Ordinal).Take(20))}";
    }

    private FeelType ContextType()
    {
        var members = new List<KeyValuePair<string, FeelType>>();
        do
        {
            var name = DeclaredName("the name of an entry");
            Expect(':', $"after '{name}'");
            members.Add(new(name, Type()));
        }
        while (TryChar(','));
        Expect('>', "to close the type of the context");
        return FeelType.Context(members.DistinctBy(m => m.Key));
    }

    private FeelType FunctionType()
    {
        var parameters = new List<FeelType>();
        if (!TryChar('>'))
        {
            do
            {
                parameters.Add(Type());
            }
            while (TryChar(','));
            Expect('>', "to close the parameters of the function type");
        }

        Blank();
        if (Peek(0) != '-' || Peek(1) != '>')
        {
            throw Error($"Expected '->' and the type of the result, found {Found()}.");
        }

        _cursor.Advance(2);
        return FeelType.Function(parameters, Type());
    }

    private FeelType? KnownType()
    {
        FeelType? best = null;
        var length = 0;
        foreach (var (name, type) in _scope.Types)
        {
            if (name.Length > length && MatchWords(name) is var matched and > 0)
            {
                best = type;
                length = matched;
            }
        }

        if (best is not null)
        {
            _cursor.Advance(length);
        }

        return best;
    }

    private bool TryWords(string words)
    {
        var length = MatchWords(words);
        _cursor.Advance(length);
        return length > 0;
    }

    /// <summary>Length of a name at the present place, blanks in it counting as one; 0 when it does not stand there.</summary>
    private int MatchWords(string name)
    {
        var at = Offset;
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == ' ')
            {
                if (at >= _text.Length || !char.IsWhiteSpace(_text[at]))
                {
                    return 0;
                }

                while (at < _text.Length && char.IsWhiteSpace(_text[at]))
                {
                    at++;
                }
            }
            else if (at >= _text.Length || _text[at++] != name[i])
            {
                return 0;
            }
        }

        return at < _text.Length && FeelNames.IsPart(_text, at) ? 0 : at - Offset;
    }
}
