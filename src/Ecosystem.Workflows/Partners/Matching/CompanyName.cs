using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Ecosystem.Workflows.Partners.Matching;

/// <summary>Brings company names to a form in which the same company looks the same.</summary>
public static class CompanyName
{
    private static readonly FrozenSet<string> LegalForms = FrozenSet.ToFrozenSet(
    [
        "ab", "ag", "as", "asa", "aps", "bhd", "bv", "bvba", "co", "company", "corp", "corporation", "cv", "doo", "eg", "ev", "eurl", "ek",
        "gbr", "gmbh", "holding", "holdings", "inc", "incorporated", "kft", "kg", "kgaa", "kk", "lda", "limited", "llc", "llp", "lp", "ltd", "ltda",
        "mbh", "nv", "oe", "ohg", "oy", "oyj", "plc", "pte", "pty", "pvt", "rl", "sa", "sab", "sarl", "sas", "sasu", "se", "sicav", "sl", "slu", "snc",
        "sp", "spa", "spol", "sprl", "spzoo", "srl", "sro", "ug", "uab", "zoo", "zrt",
    ],
    StringComparer.Ordinal);

    /// <summary>
    /// The key of a name: Unicode compatibility form, case and accents folded, punctuation and legal forms (GmbH, Inc, S.à r.l. …) removed,
    /// words separated by one space. A name that consists of legal forms only keeps them.
    /// </summary>
    /// <param name="name">The name as people write it.</param>
    /// <returns>The key; empty when the name has no letters or digits.</returns>
    public static string Key(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return "";
        }

        var words = Words(name);
        var kept = words.Where(word => !LegalForms.Contains(word)).ToList();
        return string.Join(' ', kept.Count == 0 ? words : kept);
    }

    private static List<string> Words(string name)
    {
        List<string> words = [];
        var word = new StringBuilder();
        foreach (var c in name.Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark || c is '.' or '\'' or '\u2019')
            {
                // Accents are folded; a dot or apostrophe belongs to the word it stands in: "S.A." is "sa", "L'Oreal" is "loreal".
                continue;
            }

            if (char.IsLetterOrDigit(c))
            {
                word.Append(c == 'ß' ? "ss" : char.ToLowerInvariant(c));
            }
            else
            {
                End();
            }
        }

        End();
        return words;

        void End()
        {
            if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
    }
}
