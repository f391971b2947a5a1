namespace Ecosystem.Rules.Feel;

/// <summary>Names in force while parsing, matched longest first, so that names may hold spaces, symbols and keywords.</summary>
internal sealed class FeelNames
{
    private static readonly Dictionary<string, List<string[]>> BuiltIn = BuildBuiltIn();
    private readonly Dictionary<string, List<string[]>> _patterns = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _memberNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string[]>> _members = new(StringComparer.Ordinal);

    public FeelNames(FeelScope? scope)
    {
        if (scope is null)
        {
            return;
        }

        var seen = new HashSet<FeelType>(ReferenceEqualityComparer.Instance);
        foreach (var (name, type) in scope.Names)
        {
            Declare(name);
            AddMembers(type, seen);
        }
    }

    /// <summary>Makes a name known from here on. Names are never forgotten: a known name only ever joins its own words.</summary>
    public void Declare(string name)
    {
        if (_known.Add(name))
        {
            Add(_patterns, name);
        }

        DeclareMember(name);
    }

    public void DeclareMember(string name)
    {
        if (_memberNames.Add(name))
        {
            Add(_members, name);
        }
    }

    /// <summary>Length of the longest known name at a place; 0 when there is none.</summary>
    public int Match(string text, int at, out string name)
    {
        var word = FirstWord(text, at);
        var own = Longest(_patterns, word, text, at, out name);
        var builtIn = Longest(BuiltIn, word, text, at, out var builtInName);
        if (builtIn > own)
        {
            name = builtInName;
            return builtIn;
        }

        return own;
    }

    public int MatchMember(string text, int at, out string name) => Longest(_members, FirstWord(text, at), text, at, out name);

    public static string FirstWord(string text, int at)
    {
        var end = at;
        while (end < text.Length && IsPart(text, end))
        {
            end += char.IsHighSurrogate(text[end]) && end + 1 < text.Length ? 2 : 1;
        }

        return text[at..Math.Min(end, text.Length)];
    }

    public static bool IsStart(string text, int at)
    {
        var c = text[at];
        return char.IsLetter(c) || c is '_' or '?' || (char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
            || (c >= 0x200C && (c <= 0x200D || (c >= 0x2070 && c <= 0x218F) || (c >= 0x2C00 && c <= 0x2FEF && !char.IsPunctuation(c)) || (c > 0x3001 && !char.IsSurrogate(c) && !char.IsWhiteSpace(c) && c <= 0xFFFD)));
    }

    public static bool IsPart(string text, int at) =>
        IsStart(text, at) || char.IsDigit(text[at]) || text[at] is '\u00B7' or '\u203F' or '\u2040' || (text[at] >= 0x0300 && text[at] <= 0x036F);

    /// <summary>One space between words, none around symbols that touch: the form in which names are compared.</summary>
    public static string Normalize(string name) => string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static int Longest(Dictionary<string, List<string[]>> patterns, string word, string text, int at, out string name)
    {
        name = "";
        var best = 0;
        if (word.Length == 0 || !patterns.TryGetValue(word, out var candidates))
        {
            return 0;
        }

        foreach (var candidate in candidates)
        {
            var length = MatchTokens(candidate, text, at);
            if (length > best)
            {
                best = length;
                name = candidate[^1];
            }
        }

        return best;
    }

    /// <summary>The last item of a pattern is the name itself, the others its tokens.</summary>
    private static int MatchTokens(string[] pattern, string text, int at)
    {
        var position = at;
        for (var i = 0; i < pattern.Length - 1; i++)
        {
            var token = pattern[i];
            if (i > 0)
            {
                while (position < text.Length && char.IsWhiteSpace(text[position]))
                {
                    position++;
                }
            }

            if (string.CompareOrdinal(text, position, token, 0, token.Length) != 0)
            {
                return 0;
            }

            position += token.Length;
            if (IsPart(token, 0) && position < text.Length && IsPart(text, position))
            {
                return 0;
            }
        }

        return position - at;
    }

    private static void Add(Dictionary<string, List<string[]>> patterns, string name)
    {
        var tokens = new List<string>();
        for (var i = 0; i < name.Length;)
        {
            if (char.IsWhiteSpace(name[i]))
            {
                i++;
                continue;
            }

            var word = FirstWord(name, i);
            tokens.Add(word.Length > 0 ? word : name[i].ToString());
            i += Math.Max(word.Length, 1);
        }

        if (tokens.Count == 0)
        {
            return;
        }

        tokens.Add(name);
        if (!patterns.TryGetValue(tokens[0], out var list))
        {
            patterns[tokens[0]] = list = [];
        }

        list.Add([.. tokens]);
    }

    private void AddMembers(FeelType type, HashSet<FeelType> seen)
    {
        if (!seen.Add(type))
        {
            return;
        }

        switch (type)
        {
            case FeelListType list:
                AddMembers(list.Item, seen);
                break;
            case FeelConstrainedType constrained:
                AddMembers(constrained.Base, seen);
                break;
            case FeelFunctionType function:
                AddMembers(function.Result, seen);
                break;
            case FeelContextType context:
                foreach (var (name, member) in context.Members)
                {
                    DeclareMember(name);
                    AddMembers(member, seen);
                }

                break;
        }
    }

    private static Dictionary<string, List<string[]>> BuildBuiltIn()
    {
        var patterns = new Dictionary<string, List<string[]>>(StringComparer.Ordinal);
        foreach (var name in FeelBuiltIns.Names)
        {
            Add(patterns, name);
        }

        return patterns;
    }
}
