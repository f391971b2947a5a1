namespace Ecosystem.Designer.Components.Forms;

/// <summary>How a field of a form is filled in.</summary>
public enum FormKind
{
    /// <summary>One line.</summary>
    Text,

    /// <summary>Several lines.</summary>
    Multiline,

    /// <summary>A decimal number.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>Yes or no.</summary>
    Boolean,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A day and time.</summary>
    DateTime,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A web address.</summary>
    Uri,

    /// <summary>One of several.</summary>
    Choice,

    /// <summary>Any of several.</summary>
    MultiChoice,

    /// <summary>Several texts, one a line.</summary>
    TextList,

    /// <summary>An uploaded document; the value is its id.</summary>
    File,

    /// <summary>An amount with its currency.</summary>
    Money,

    /// <summary>A time of day.</summary>
    Time,

    /// <summary>Groups of fields, as many as are added.</summary>
    List,

    /// <summary>A group of fields.</summary>
    Group,
}
