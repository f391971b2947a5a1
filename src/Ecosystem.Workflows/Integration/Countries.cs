using System.Collections.Frozen;

namespace Ecosystem.Workflows.Integration;

/// <summary>English short names of countries and their ISO 3166-1 alpha-2 codes.</summary>
public static class Countries
{
    private static readonly FrozenDictionary<string, string> Codes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["Andorra"] = "AD", ["United Arab Emirates"] = "AE", ["Afghanistan"] = "AF", ["Antigua and Barbuda"] = "AG", ["Albania"] = "AL",
        ["Armenia"] = "AM", ["Angola"] = "AO", ["Argentina"] = "AR", ["Austria"] = "AT", ["Australia"] = "AU", ["Azerbaijan"] = "AZ",
        ["Bosnia and Herzegovina"] = "BA", ["Barbados"] = "BB", ["Bangladesh"] = "BD", ["Belgium"] = "BE", ["Burkina Faso"] = "BF",
        ["Bulgaria"] = "BG", ["Bahrain"] = "BH", ["Burundi"] = "BI", ["Benin"] = "BJ", ["Brunei"] = "BN", ["Bolivia"] = "BO",
        ["Brazil"] = "BR", ["Bahamas"] = "BS", ["Bhutan"] = "BT", ["Botswana"] = "BW", ["Belarus"] = "BY", ["Belize"] = "BZ",
        ["Canada"] = "CA", ["Democratic Republic of the Congo"] = "CD", ["Central African Republic"] = "CF", ["Congo"] = "CG",
        ["Switzerland"] = "CH", ["Ivory Coast"] = "CI", ["Chile"] = "CL", ["Cameroon"] = "CM", ["China"] = "CN", ["Colombia"] = "CO",
        ["Costa Rica"] = "CR", ["Cuba"] = "CU", ["Cape Verde"] = "CV", ["Cyprus"] = "CY", ["Czechia"] = "CZ", ["Germany"] = "DE",
        ["Djibouti"] = "DJ", ["Denmark"] = "DK", ["Dominica"] = "DM", ["Dominican Republic"] = "DO", ["Algeria"] = "DZ",
        ["Ecuador"] = "EC", ["Estonia"] = "EE", ["Egypt"] = "EG", ["Eritrea"] = "ER", ["Spain"] = "ES", ["Ethiopia"] = "ET",
        ["Finland"] = "FI", ["Fiji"] = "FJ", ["Micronesia"] = "FM", ["France"] = "FR", ["Gabon"] = "GA", ["United Kingdom"] = "GB",
        ["Grenada"] = "GD", ["Georgia"] = "GE", ["Ghana"] = "GH", ["Gambia"] = "GM", ["Guinea"] = "GN", ["Equatorial Guinea"] = "GQ",
        ["Greece"] = "GR", ["Guatemala"] = "GT", ["Guinea-Bissau"] = "GW", ["Guyana"] = "GY", ["Hong Kong"] = "HK", ["Honduras"] = "HN",
        ["Croatia"] = "HR", ["Haiti"] = "HT", ["Hungary"] = "HU", ["Indonesia"] = "ID", ["Ireland"] = "IE", ["Israel"] = "IL",
        ["India"] = "IN", ["Iraq"] = "IQ", ["Iran"] = "IR", ["Iceland"] = "IS", ["Italy"] = "IT", ["Jamaica"] = "JM", ["Jordan"] = "JO",
        ["Japan"] = "JP", ["Kenya"] = "KE", ["Kyrgyzstan"] = "KG", ["Cambodia"] = "KH", ["Kiribati"] = "KI", ["Comoros"] = "KM",
        ["Saint Kitts and Nevis"] = "KN", ["North Korea"] = "KP", ["South Korea"] = "KR", ["Kuwait"] = "KW", ["Kazakhstan"] = "KZ",
        ["Laos"] = "LA", ["Lebanon"] = "LB", ["Saint Lucia"] = "LC", ["Liechtenstein"] = "LI", ["Sri Lanka"] = "LK", ["Liberia"] = "LR",
        ["Lesotho"] = "LS", ["Lithuania"] = "LT", ["Luxembourg"] = "LU", ["Latvia"] = "LV", ["Libya"] = "LY", ["Morocco"] = "MA",
        ["Monaco"] = "MC", ["Moldova"] = "MD", ["Montenegro"] = "ME", ["Madagascar"] = "MG", ["Marshall Islands"] = "MH",
        ["North Macedonia"] = "MK", ["Mali"] = "ML", ["Myanmar"] = "MM", ["Mongolia"] = "MN", ["Mauritania"] = "MR", ["Malta"] = "MT",
        ["Mauritius"] = "MU", ["Maldives"] = "MV", ["Malawi"] = "MW", ["Mexico"] = "MX", ["Malaysia"] = "MY", ["Mozambique"] = "MZ",
        ["Namibia"] = "NA", ["Niger"] = "NE", ["Nigeria"] = "NG", ["Nicaragua"] = "NI", ["Netherlands"] = "NL", ["Norway"] = "NO",
        ["Nepal"] = "NP", ["Nauru"] = "NR", ["New Zealand"] = "NZ", ["Oman"] = "OM", ["Panama"] = "PA", ["Peru"] = "PE",
        ["Papua New Guinea"] = "PG", ["Philippines"] = "PH", ["Pakistan"] = "PK", ["Poland"] = "PL", ["Puerto Rico"] = "PR",
        ["Palestine"] = "PS", ["Portugal"] = "PT", ["Palau"] = "PW", ["Paraguay"] = "PY", ["Qatar"] = "QA", ["Romania"] = "RO",
        ["Serbia"] = "RS", ["Russia"] = "RU", ["Rwanda"] = "RW", ["Saudi Arabia"] = "SA", ["Solomon Islands"] = "SB",
        ["Seychelles"] = "SC", ["Sudan"] = "SD", ["Sweden"] = "SE", ["Singapore"] = "SG", ["Slovenia"] = "SI", ["Slovakia"] = "SK",
        ["Sierra Leone"] = "SL", ["San Marino"] = "SM", ["Senegal"] = "SN", ["Somalia"] = "SO", ["Suriname"] = "SR",
        ["South Sudan"] = "SS", ["Sao Tome and Principe"] = "ST", ["El Salvador"] = "SV", ["Syria"] = "SY", ["Eswatini"] = "SZ",
        ["Chad"] = "TD", ["Togo"] = "TG", ["Thailand"] = "TH", ["Tajikistan"] = "TJ", ["Timor-Leste"] = "TL", ["Turkmenistan"] = "TM",
        ["Tunisia"] = "TN", ["Tonga"] = "TO", ["Turkey"] = "TR", ["Trinidad and Tobago"] = "TT", ["Tuvalu"] = "TV", ["Taiwan"] = "TW",
        ["Tanzania"] = "TZ", ["Ukraine"] = "UA", ["Uganda"] = "UG", ["United States"] = "US", ["Uruguay"] = "UY", ["Uzbekistan"] = "UZ",
        ["Vatican City"] = "VA", ["Saint Vincent and the Grenadines"] = "VC", ["Venezuela"] = "VE", ["Vietnam"] = "VN",
        ["Vanuatu"] = "VU", ["Samoa"] = "WS", ["Kosovo"] = "XK", ["Yemen"] = "YE", ["South Africa"] = "ZA", ["Zambia"] = "ZM",
        ["Zimbabwe"] = "ZW",
        ["United States of America"] = "US", ["USA"] = "US", ["UK"] = "GB", ["Great Britain"] = "GB", ["Czech Republic"] = "CZ", ["Türkiye"] = "TR",
        ["Republic of Korea"] = "KR", ["Viet Nam"] = "VN", ["Russian Federation"] = "RU", ["The Netherlands"] = "NL",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Known = Codes.Values.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The code of a country.</summary>
    /// <param name="name">English short name, or the code itself.</param>
    /// <returns>The code; null when the text names no country, or more than one, as "Korea" does.</returns>
    public static string? CodeOf(string? name) =>
        name is null ? null : Codes.TryGetValue(name, out var code) ? code : Known.Contains(name) ? name : null;
}
