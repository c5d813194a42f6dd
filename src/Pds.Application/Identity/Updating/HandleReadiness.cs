namespace Pds.Application.Identity.Updating;

/// <summary>How a handle stands that somebody wants.</summary>
public enum HandleReadiness
{
    /// <summary>It can be taken.</summary>
    Ready,

    /// <summary>It is another account's.</summary>
    Taken,

    /// <summary>This server does not let it in.</summary>
    Refused,

    /// <summary>Its domain says nothing, or cannot be asked.</summary>
    PointsNowhere,

    /// <summary>Its domain says that it is somebody else's.</summary>
    PointsElsewhere,
}
