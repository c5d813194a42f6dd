namespace Pds.Application.Pipeline;

/// <summary>The bounds that a lexicon puts on an integer parameter, or on how many a list has, checked where the query string is bound.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BetweenAttribute(int minimum, int maximum) : Attribute
{
    public int Minimum => minimum;

    public int Maximum => maximum;
}
