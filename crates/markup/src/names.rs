//! What HTML and SVG call things.

/// Elements that have no content and no end tag.
pub(crate) fn is_void(tag: &str) -> bool {
    matches!(
        tag,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements of SVG that may stand at the root of a piece: it is then parsed inside an `<svg>`.
pub(crate) fn is_svg_part(tag: &str) -> bool {
    matches!(
        tag,
        "animate"
            | "animateMotion"
            | "animateTransform"
            | "circle"
            | "clipPath"
            | "defs"
            | "desc"
            | "ellipse"
            | "foreignObject"
            | "g"
            | "line"
            | "linearGradient"
            | "marker"
            | "mask"
            | "path"
            | "pattern"
            | "polygon"
            | "polyline"
            | "radialGradient"
            | "rect"
            | "set"
            | "stop"
            | "symbol"
            | "text"
            | "textPath"
            | "tspan"
            | "use"
    )
}

/// The type of an event's argument, in `web_sys`.
pub(crate) fn event_type(event: &str) -> &'static str {
    match event {
        "click" | "dblclick" | "contextmenu" | "mousedown" | "mouseup" | "mousemove"
        | "mouseenter" | "mouseleave" => "MouseEvent",
        "wheel" => "WheelEvent",
        "keydown" | "keyup" => "KeyboardEvent",
        "focus" | "blur" | "focusin" | "focusout" => "FocusEvent",
        "submit" => "SubmitEvent",
        pointer if pointer.starts_with("pointer") || pointer == "lostpointercapture" => {
            "PointerEvent"
        }
        _ => "Event",
    }
}

/// Whether a browser's parser would move `child` out of `parent` or put another element between, so that the page would not
/// be nested as it is written.
pub(crate) fn is_misplaced(parent: &str, child: &str) -> bool {
    match parent {
        "p" => matches!(
            child,
            "address"
                | "article"
                | "aside"
                | "blockquote"
                | "details"
                | "dialog"
                | "div"
                | "dl"
                | "fieldset"
                | "figure"
                | "footer"
                | "form"
                | "h1"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "h6"
                | "header"
                | "hr"
                | "main"
                | "nav"
                | "ol"
                | "p"
                | "pre"
                | "section"
                | "table"
                | "ul"
        ),
        "table" => matches!(child, "tr" | "td" | "th" | "div" | "p" | "span"),
        "tbody" | "thead" | "tfoot" => child != "tr",
        "tr" => !matches!(child, "td" | "th"),
        "button" | "a" | "option" | "form" => child == parent,
        "select" => !matches!(child, "option" | "optgroup" | "hr"),
        "li" | "dt" | "dd" => matches!(child, "li" | "dt" | "dd"),
        _ => false,
    }
}
